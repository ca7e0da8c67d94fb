// <input data-relais-code>: the code a card's QR put behind the # of the address, which no server and no log sees.
export function watchCodes(root) {
  const code = location.hash.slice(1);
  const field = root.querySelector("input[data-relais-code]");
  if (!field || field.value || !/^\d{9}$/.test(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname);
}
