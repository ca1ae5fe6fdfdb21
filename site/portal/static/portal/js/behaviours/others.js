/* The pages of this portal in other tabs of this phone: they hear that someone is here, and that she left. */
export default function others() {
  return "BroadcastChannel" in window ? new BroadcastChannel("here") : null;
}
