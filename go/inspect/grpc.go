package main

import (
	"go/ast"
	"regexp"
	"strings"
)

// rpc is what a package says about gRPC: that it makes a server, registers a service, or knows a service's unary method.
type rpc struct {
	Kind    string `json:"kind"`    // "server", "service" or "method"
	Service string `json:"service"` // as generated code names it: Greeter; with its package where that is known
	Name    string `json:"name"`    // of a method
	position
}

var registersService = regexp.MustCompile(`^Register(\w+)Server$`)

// grpc notes grpc.NewServer() and pb.RegisterGreeterServer(s, greeter).
func (r *reader) grpc(call *ast.CallExpr, name string) {
	from := r.qualifier(call.Fun)
	if name == "NewServer" && from == "google.golang.org/grpc" {
		r.into.Rpcs = append(r.into.Rpcs, rpc{"server", "", "", r.position(call)})
		return
	}
	parts := registersService.FindStringSubmatch(name)
	if parts == nil || from == "" || len(call.Args) != 2 {
		return
	}
	service := parts[1]
	if strings.HasSuffix(from, "grpc_health_v1") {
		service = "grpc.health.v1.Health"
	}
	r.into.Rpcs = append(r.into.Rpcs, rpc{"service", service, "", r.position(call)})
}

// description notes the unary methods in grpc.ServiceDesc{ServiceName: "shop.Orders", Methods: []grpc.MethodDesc{…}}.
func (r *reader) description(fields map[string]ast.Expr) {
	service, ok := r.text(fields["ServiceName"])
	methods, isList := fields["Methods"].(*ast.CompositeLit)
	if !ok || !isList {
		return
	}
	for _, element := range methods.Elts {
		literal, ok := element.(*ast.CompositeLit)
		if !ok {
			continue
		}
		if name, ok := r.text(fieldsOf(literal)["MethodName"]); ok {
			r.into.Rpcs = append(r.into.Rpcs, rpc{"method", service, name, r.position(literal)})
		}
	}
}
