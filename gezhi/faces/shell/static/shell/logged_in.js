// Inside the frame: tell the page around it, ours only, who is logged in now and its new token.
const { token, owner, name } = document.getElementById("logged-in").dataset;
if (parent !== window) parent.postMessage({ loggedIn: { token, owner, name } }, location.origin);
