/* The service worker: pages come from the server; without a connection, as they were at the last visit. */
"use strict";
const PAGES = "pages";
const FILES = "files";
const APP = "app"; // what is nobody's own
const OFFLINE = "/offline/";
const MOST = { [PAGES]: 60, [FILES]: 120 };
/* What is worth reading without a connection. Nothing else is kept: no account, no console, nothing with a secret. */
const KEPT = [/^\/$/, /^\/my-sessions\/$/, /^\/editions\/[\w-]+\/(agenda\/)?$/, /^\/(sessions|speakers)\/\d+\/$/];

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(APP).then((cache) => cache.add(OFFLINE)));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

async function keep(name, request, response) {
  const cache = await caches.open(name);
  await cache.put(request, response);
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - MOST[name]))) await cache.delete(old);
}

async function page(event, path) {
  try {
    const response = await fetch(event.request);
    if (response.ok && !response.redirected && KEPT.some((kept) => kept.test(path)))
      event.waitUntil(keep(PAGES, event.request.url, response.clone()));
    return response;
  } catch (error) {
    const known = await caches.match(event.request.url, { ignoreVary: true });
    const last = known || (await caches.match(event.request.url, { ignoreVary: true, ignoreSearch: true }));
    return last || (await lastOf(path)) || (await caches.match(OFFLINE)) || Promise.reject(error);
  }
}

/* The addresses that lead to the programme or agenda of an edition: the page that was kept last. */
async function lastOf(path) {
  const wanted = { "/": /^\/editions\/[\w-]+\/$/, "/my-sessions/": /^\/editions\/[\w-]+\/agenda\/$/ }[path];
  if (!wanted) return null;
  const cache = await caches.open(PAGES);
  const found = (await cache.keys()).filter(({ url }) => wanted.test(new URL(url).pathname));
  return found.length ? cache.match(found.at(-1), { ignoreVary: true }) : null;
}

async function file(event) {
  try {
    const response = await fetch(event.request);
    if (response.status === 200) event.waitUntil(keep(FILES, event.request.url, response.clone()));
    return response;
  } catch (error) {
    return (await caches.match(event.request.url, { ignoreVary: true })) || Promise.reject(error);
  }
}

const LOADED = ["style", "script", "font"];
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  const enters = request.method === "POST" && pathname.startsWith("/people/");
  if (enters) event.waitUntil(caches.delete(PAGES)); // they may be somebody else's
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event, pathname));
  else if (LOADED.includes(request.destination)) event.respondWith(file(event));
});

/* --- messages ----------------------------------------------------------------------------------------------------- */
addEventListener("push", (event) => event.waitUntil(show(event.data?.json() ?? {})));

/* Who is watching is told in the page. */
async function show({ title, body, url, topic }) {
  const windows = await clients.matchAll({ type: "window" });
  if (!title || windows.some((each) => each.focused && each.visibilityState === "visible")) return;
  await registration.showNotification(title, { body, tag: topic, renotify: true, data: { url }, icon: icon() });
}
const icon = () => "/static/webapp/icon-192.png";

addEventListener("notificationclick", (event) => {
  event.notification.close();
  const path = event.notification.data?.url ?? "/notices/";
  event.waitUntil(open(new URL(path, location.origin)));
});

async function open(url) {
  if (url.origin !== location.origin) return;
  const windows = await clients.matchAll({ type: "window" });
  const there = windows.find((each) => new URL(each.url).pathname === url.pathname);
  await (there ? there.focus() : clients.openWindow(url.href));
}
