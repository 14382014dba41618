/** Ways to tell a service its port, its version and what to do, one package each, and what must be found. */
export interface SettingStory {
  readonly name: string;
  readonly source: string;
  /** 'flag -addr=:8080', 'environment PORT=8080', 'http.ListenAndServe :8080', 'variable version=dev'. */
  readonly says: readonly string[];
}

export const SETTING_STORIES: readonly SettingStory[] = [
  {
    name: 'package flag, its own sets and variables',
    source: `
import (
	"flag"
	"os"
)

const defaultPort = 8080

func Parse(o struct{ listen string }) {
	addr := flag.String("addr", ":8080", "address")
	port := flag.Int("port", defaultPort, "port")
	set := flag.NewFlagSet("x", flag.ExitOnError)
	set.StringVar(&o.listen, "listen", os.Getenv("LISTEN"), "address")
	_, _ = addr, port
}`,
    says: ['flag -addr=:8080', 'flag -port=8080 (number)', 'flag -listen=', 'environment LISTEN='],
  },
  {
    name: 'pflag and cobra',
    source: `
import "github.com/spf13/cobra"

var port int

func New() *cobra.Command {
	serve := &cobra.Command{Use: "serve [flags]", RunE: nil}
	serve.Flags().StringP("addr", "a", "localhost:8080", "address")
	serve.PersistentFlags().IntVarP(&port, "port", "p", 8080, "port")
	group := &cobra.Command{Use: "admin"}
	group.AddCommand(serve)
	return group
}`,
    says: ['flag --addr=localhost:8080', 'flag --port=8080 (number)', 'command serve'],
  },
  {
    name: 'kingpin and the web flags of exporters',
    source: `
import (
	"github.com/alecthomas/kingpin/v2"
	"github.com/prometheus/exporter-toolkit/web/kingpinflag"
)

var addr = kingpin.Flag("listen", "Address.").Short('l').Default(":9100").String()
var web = kingpinflag.AddFlags(kingpin.CommandLine, ":9101")`,
    says: ['flag --listen=:9100', 'flag --web.listen-address=:9101'],
  },
  {
    name: 'urfave/cli',
    source: `
import "github.com/urfave/cli/v2"

var App = &cli.App{Commands: []*cli.Command{{Name: "serve", Action: nil, Flags: []cli.Flag{
	&cli.StringFlag{Name: "addr", Value: ":8080"},
	&cli.BoolFlag{Name: "verbose"},
}}}}`,
    says: ['flag serve --addr=:8080', 'command serve'],
  },
  {
    name: 'urfave/cli: flags of a program that is a command itself, and of one in its list',
    source: `
import "github.com/urfave/cli/v3"

var Program = &cli.Command{Name: "shop", Action: nil, Flags: []cli.Flag{&cli.StringFlag{Name: "addr"}}, Commands: []*cli.Command{
	&cli.Command{Name: "agent", Action: nil, Flags: []cli.Flag{&cli.IntFlag{Name: "port"}}},
}}
var Alone = &cli.Command{Name: "shop", Action: nil, Flags: []cli.Flag{&cli.StringFlag{Name: "listen"}}}`,
    says: [
      'flag --addr=',
      'flag agent --port= (number)',
      'flag --listen=',
      'command shop',
      'command agent',
      'command shop',
    ],
  },
  {
    name: 'commands of other forms: own ones, kong, factories',
    source: `
import (
	"github.com/alecthomas/kong"
	"github.com/mitchellh/cli"
)

type Command struct {
	Name string
	Func func()
}

var parser kong.Kong
var grammar struct {
	Serve struct{} \`cmd:"" help:"Serves."\`
}
var factories = map[string]cli.CommandFactory{"agent": nil}

func register(Command) {}

func init() { register(Command{Name: "run", Func: init0}) }

func init0() {}`,
    says: ['command serve', 'command agent', 'command run'],
  },
  {
    name: 'the environment, by names that are handed on',
    source: `
import (
	"os"
	"strings"
)

const EnvPort = "SHOP_SERVER_PORT"

func lookup(name string) (string, bool) { return os.LookupEnv(name) }

func parse(into *string, name string) {
	if value, ok := lookup(name); ok {
		*into = value
	}
}

func prefixed(name, fallback string) string {
	if value := os.Getenv("SHOP_" + strings.ToUpper(name)); value != "" {
		return value
	}
	return fallback
}

func Parse(port string) {
	parse(&port, EnvPort)
	_ = prefixed("addr", ":8080")
}`,
    says: ['environment SHOP_SERVER_PORT=', 'environment SHOP_ADDR=:8080'],
  },
  {
    name: 'the environment, by a prefix and the names of fields: envconfig',
    source: `
import "github.com/kelseyhightower/envconfig"

type settings struct {
	Port   int \`default:"8080"\`
	Web struct {
		ListenAddr string \`split_words:"true"\`
		Named string \`envconfig:"other"\`
	}
}

func Load() {
	var s settings
	envconfig.Process("shop", &s)
}`,
    says: ['environment SHOP_PORT=8080', 'environment SHOP_WEB_LISTEN_ADDR=', 'environment SHOP_WEB_OTHER='],
  },
  {
    name: 'the environment, by a prefix and the names of fields: configor and env',
    source: `
import (
	"github.com/caarlos0/env/v11"
	"github.com/jinzhu/configor"
)

type settings struct {
	Server struct{ Port int \`default:"80"\` }
}

type other struct {
	Metrics struct{ Port int \`env:"PORT" envDefault:"9090"\` } \`envPrefix:"METRICS_"\`
}

func Load() {
	conf := new(settings)
	configor.New(&configor.Config{ENVPrefix: "GREETER"}).Load(conf, "config.yml")
	o := other{}
	env.ParseWithOptions(&o, env.Options{Prefix: "APP_"})
}`,
    says: ['environment GREETER_SERVER_PORT=80', 'environment APP_METRICS_PORT=9090'],
  },
  {
    name: 'gRPC: a server, its services, and what generated code says of them',
    source: `
import (
	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthgrpc "google.golang.org/grpc/health/grpc_health_v1"

	pb "example.com/elsewhere/shop"
)

var Orders_ServiceDesc = grpc.ServiceDesc{
	ServiceName: "shop.Orders",
	HandlerType: (*any)(nil),
	Methods: []grpc.MethodDesc{
		{MethodName: "GetOrder", Handler: nil},
		{MethodName: "DeleteOrder", Handler: nil},
	},
	Streams: []grpc.StreamDesc{{StreamName: "Follow"}},
}

func Serve() {
	s := grpc.NewServer()
	pb.RegisterOrdersServer(s, nil)
	healthgrpc.RegisterHealthServer(s, health.NewServer())
}`,
    says: [
      'rpc method shop.Orders GetOrder',
      'rpc method shop.Orders DeleteOrder',
      'rpc server',
      'rpc service Orders',
      'rpc service grpc.health.v1.Health',
    ],
  },
  {
    name: 'the environment, by itself and with helpers',
    source: `
import "os"

const portName = "HTTP_PORT"

func getEnv(name, fallback string) string { return fallback }

func Parse() {
	_ = os.Getenv("PORT")
	_, _ = os.LookupEnv(portName)
	_ = getEnv("ADDR", ":8080")
}`,
    says: ['environment PORT=', 'environment HTTP_PORT=', 'environment ADDR=:8080'],
  },
  {
    name: 'structs that are filled: env, envconfig, go-flags',
    source: `
type config struct {
	Port   int    \`env:"PORT" envDefault:"8080"\`
	Addr   string \`envconfig:"ADDR" default:":8080"\`
	Listen string \`env:"LISTEN, default=:9090"\`
	Bind   string \`long:"bind" default:":7070"\`
	Name   string \`json:"name"\`
}`,
    says: ['flag --bind=:7070', 'environment PORT=8080', 'environment ADDR=:8080', 'environment LISTEN=:9090'],
  },
  {
    name: 'viper',
    source: `
import "github.com/spf13/viper"

func Load() {
	viper.SetEnvPrefix("shop")
	viper.SetDefault("server.port", 8080)
	viper.AutomaticEnv()
	viper.BindEnv("addr", "SHOP_ADDR")
}`,
    says: ['environment SHOP_ADDR=', 'environment SHOP_SERVER_PORT=8080'],
  },
  {
    name: 'addresses that are constants',
    source: `
import (
	"net"
	"net/http"
)

const address = "localhost:8081"

func Serve(mine string) {
	http.ListenAndServe(":8080", nil)
	http.ListenAndServe(mine, nil)
	_ = &http.Server{Addr: address}
	net.Listen("tcp", "127.0.0.1:8082")
}`,
    says: [
      'http.ListenAndServe :8080',
      'http.ListenAndServe',
      'http.Server localhost:8081',
      'net.Listen 127.0.0.1:8082',
    ],
  },
  {
    name: 'the servers of frameworks',
    source: `
import (
	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
)

func Serve(job interface{ Run() }) {
	gin.Default().Run()
	gin.Default().Run(":8080")
	echo.New().Start(":1323")
}`,
    says: ['environment PORT=8080', 'Run', 'Run :8080', 'Start :1323'],
  },
  {
    name: 'no servers',
    source: `
type task struct{}

func (task) Run()   {}
func (task) Start() {}

func Work(t task) {
	t.Run()
	t.Start()
}`,
    says: [],
  },
  {
    name: 'config files, by the structs that they are decoded into',
    source: `
import (
	"encoding/json"
	"net/http"
	"os"

	toml "github.com/pelletier/go-toml/v2"
	"github.com/spf13/viper"
	yaml "gopkg.in/yaml.v3"
)

type web struct {
	Address string \`yaml:"address"\`
	Port    int    \`yaml:"port,omitempty"\`
	private string
}

type shared struct{ Level string }

type file struct {
	Common shared \`yaml:",inline"\`
	Web    *web   \`yaml:"web"\`
	Names  []web
	Secret string \`yaml:"-"\`
}

type Tls struct{ Cert string }

type other struct {
	Tls
	ListenAddr string
	Next       *other
}

type AppConfig struct{ Port uint16 \`json:"port"\` }

type answer struct{ Port int }

func Load(path string) (c *file, err error) {
	text, _ := os.ReadFile(path)
	return c, yaml.Unmarshal(text, &c)
}

func LoadOther(path string) other {
	c := other{}
	decode(path, &c)
	viper.Unmarshal(&c)
	return c
}

func decode(path string, into interface{}) {
	file, _ := os.Open(path)
	decoder := toml.NewDecoder(file)
	decoder.Decode(into)
}

func JSON(text []byte, r *http.Request) {
	json.Unmarshal(text, &AppConfig{})
	json.Unmarshal(text, &answer{})
	yaml.NewDecoder(r.Body).Decode(&answer{})
	toml.NewDecoder(r.Body).Decode(&answer{})
}`,
    says: [
      'config yaml level, web, names: level web.address web.port#',
      'config toml Cert, ListenAddr, Next: Cert ListenAddr',
      'config any cert, listenaddr, next: cert listenaddr',
      'config json port: port#',
    ],
  },
  {
    name: 'what the linker can set, and what it cannot',
    source: `
import "runtime"

var version = "dev"
var (
	commit, date string
	GoVersion    = runtime.Version()
	attempts     = 3
)

const build = "none"`,
    says: ['variable version=dev', 'variable commit=', 'variable date='],
  },
];
