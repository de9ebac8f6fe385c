// Every script starts here: a Node that is too old gets a sentence instead of a syntax error.
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `Lead Relay needs Node 24; this is Node ${process.versions.node}. ` +
      'On Linux and Windows `npm ci` brings Node 24 along (without --omit=optional); on macOS install it from nodejs.org.',
  );
  process.exit(1);
}
