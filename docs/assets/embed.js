// For the sites that embed a calculator: give each frame the height of its content. The page that
// holds `<iframe data-reperes-iae src="…?embed=1">` loads this as a plain script: from another site,
// a module would need a header that not every host of static files sends.

{
  const [LEAST, MOST] = [100, 20_000]; // px: a frame can neither vanish nor go on for ever

  addEventListener("message", ({ source, origin, data }) => {
    if (data?.type !== "calculator:size" || !Number.isFinite(data.height)) return;
    for (const frame of document.querySelectorAll("iframe[data-reperes-iae]")) {
      // The message must come from this very frame, and from the site that its address names.
      if (frame.contentWindow !== source || new URL(frame.src).origin !== origin) continue;
      frame.height = Math.min(Math.max(Math.ceil(data.height), LEAST), MOST);
    }
  });
}
