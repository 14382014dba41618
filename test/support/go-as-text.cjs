// Jest's counterpart of esbuild's text loader: a .go file is a module whose default export is its source.
module.exports = {
  process: (source) => ({ code: `export default ${JSON.stringify(source)};` }),
};
