/** The text of a Go file, put into the bundle by the build (esbuild's text loader) and into tests by Jest. */
declare module '*.go' {
  const source: string;
  export default source;
}
