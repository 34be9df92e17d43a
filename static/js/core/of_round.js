/** What the server says of one round on demand, too much or too private to be a row: receipts, pairs, names. */

/** The answer to `part` of a round as this viewer gets it; `{refused: true}` where it is refused; rejects where the network is gone. */
export async function askRound(room, round, part) {
  const headers = { "X-As": room.boot.as, Accept: "application/json" };
  const answer = await fetch(`/api/events/${room.boot.event}/rounds/${round}/${part}`, { headers, credentials: "same-origin", cache: "no-store" });
  return answer.ok ? answer.json() : { refused: true };
}
