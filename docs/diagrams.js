// Draws the site's diagrams with the copy of Mermaid that lies beside it: the theme would fetch one from elsewhere.
{
  const home = new URL("mermaid/index.js", document.currentScript.src).href;
  const library = () => import(home).then((module) => module.mermaid);
  let settings = {};
  window.mermaid = {
    initialize: (wanted) => {
      settings = wanted;
    },
    render: async (...given) => {
      const mermaid = await library();
      mermaid.initialize(settings);
      return mermaid.render(...given);
    },
  };
}
