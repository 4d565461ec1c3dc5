/* What plays a source. Each engine is made with a source and a place, tells `tell.started`,
   `tell.failed` and `tell.tracks`, and is ended by `stop`. `audio` lists languages, `levels` heights; `date` is the
   picture's own time. */
(() => {
  "use strict";
  let library = null; // hls.js, fetched when the first source needs it

  function fetchLibrary(address) {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => resolve(window.Hls);
      script.onerror = () => {
        library = null;
        reject(new Error("hls.js"));
      };
      document.head.append(script);
    });
    return library;
  }

  /* The common part of all that plays in our own <video>. */
  function inVideo(video, tell) {
    const started = () => tell.started();
    const failed = () => video.error && tell.failed();
    video.addEventListener("loadeddata", started);
    video.addEventListener("error", failed);
    return () => {
      video.removeEventListener("loadeddata", started);
      video.removeEventListener("error", failed);
    };
  }

  const empty = { audio: () => [], levels: () => [], texts: () => [], date: () => null, edge: () => null };

  function file(source, { video, tell, at }) {
    const quiet = inVideo(video, tell);
    video.loop = source.loop;
    video.src = at ? `${source.src}#t=${at}` : source.src;
    play(video);
    return {
      ...empty,
      stop() {
        quiet();
        clear(video);
      },
    };
  }

  function native(source, { video, tell, at }) {
    const quiet = inVideo(video, tell);
    video.src = withPicture(source);
    if (at) video.addEventListener("loadedmetadata", () => (video.currentTime = at), { once: true });
    play(video);
    const start = () => video.getStartDate?.().getTime();
    return {
      ...empty,
      date: () => (Number.isFinite(start()) ? start() + video.currentTime * 1000 : null),
      edge: () => (video.duration === Infinity && video.seekable.length ? video.seekable.end(0) - 6 : null),
      stop() {
        quiet();
        clear(video);
      },
    };
  }

  function withPicture({ src, picture }) {
    return picture ? `${src}?picture=${encodeURIComponent(picture)}` : src;
  }

  function hls(source, place) {
    const { video, tell, root, at, wishes } = place;
    let player = null,
      inner = null,
      stopped = false;
    const quiet = inVideo(video, tell);
    fetchLibrary(root.dataset.hls).then(
      (Hls) => {
        if (stopped) return;
        if (!Hls.isSupported()) inner = native(source, place);
        else player = made(Hls);
      },
      () => !stopped && tell.failed(),
    );
    function made(Hls) {
      const options = { workerPath: root.dataset.hlsWorker, backBufferLength: 60, enableWebVTT: true };
      if (at) options.startPosition = at;
      const hls = new Hls(options);
      hls.on(Hls.Events.MANIFEST_PARSED, () => {
        if (wishes.listen) hls.setAudioOption({ lang: wishes.listen });
        hls.subtitleTrack = -1;
        limit(hls, wishes.quality);
        play(video);
      });
      for (const name of ["AUDIO_TRACKS_UPDATED", "AUDIO_TRACK_SWITCHED", "SUBTITLE_TRACKS_UPDATED", "LEVELS_UPDATED"])
        hls.on(Hls.Events[name], () => tell.tracks());
      let mended = 0;
      hls.on(Hls.Events.ERROR, (_event, { fatal, type }) => {
        if (!fatal) return;
        if (type === Hls.ErrorTypes.MEDIA_ERROR && mended++ < 2) hls.recoverMediaError();
        else tell.failed();
      });
      hls.loadSource(withPicture(source));
      hls.attachMedia(video);
      return hls;
    }
    function limit(hls, quality) {
      hls.autoLevelCapping = quality === "low" ? 0 : -1;
      const level = hls.levels.findIndex(({ height }) => String(height) === quality);
      hls.nextLevel = level;
    }
    return {
      audio: () =>
        (player?.allAudioTracks ?? []).map((track, index) => ({
          key: track.lang || track.name,
          name: track.name,
          lang: track.lang,
          chosen: index === player.audioTrack,
        })),
      listen(key) {
        const index = player?.audioTracks.findIndex(({ lang, name }) => (lang || name) === key) ?? -1;
        if (index >= 0) player.audioTrack = index;
      },
      levels: () => [...new Set((player?.levels ?? []).map(({ height }) => height).filter(Boolean))],
      quality: (quality) => player && limit(player, quality),
      texts: () => (player?.subtitleTracks ?? []).map(({ lang, name }) => ({ key: lang || name, name, lang })),
      read(key) {
        if (!player) return;
        player.subtitleTrack = player.subtitleTracks.findIndex(({ lang, name }) => (lang || name) === key);
        player.subtitleDisplay = true;
      },
      date: () => (inner ? inner.date() : (player?.playingDate?.getTime() ?? null)),
      edge: () => (inner ? inner.edge() : player?.latestLevelDetails?.live ? player.liveSyncPosition : null),
      stop() {
        stopped = true;
        quiet();
        player?.destroy();
        inner ? inner.stop() : clear(video);
      },
    };
  }

  /* The place that a page of YouTube or Vimeo tells, in seconds; null when it says something else. */
  function placeIn(data) {
    try {
      const { event, info, data: more } = typeof data === "string" ? JSON.parse(data) : data;
      return (event === "infoDelivery" ? info?.currentTime : more?.seconds) ?? null;
    } catch {
      return null; // not meant for us
    }
  }

  /* Pages of others say nothing when a country blocks them: started is what has spoken to us. */
  function frame(source, { media, tell, root }) {
    const iframe = document.createElement("iframe");
    const address = new URL(source.src);
    if (source.kind === "youtube") {
      address.searchParams.set("enablejsapi", "1");
      address.searchParams.set("origin", location.origin);
    }
    Object.assign(iframe, { title: root.dataset.title, allowFullscreen: true, src: address.href });
    iframe.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
    const ask = JSON.stringify({ event: "listening", id: 1, channel: "widget", method: "ping" });
    const telling = JSON.stringify({ method: "addEventListener", value: "timeupdate" }); // Vimeo tells its place then
    const asking = setInterval(() => {
      for (const words of [ask, telling]) iframe.contentWindow?.postMessage(words, address.origin);
    }, 500);
    let place = 0; // as the page told it last
    const heard = ({ origin, source: from, data }) => {
      if (origin !== address.origin || from !== iframe.contentWindow) return;
      clearInterval(asking);
      place = placeIn(data) ?? place;
      tell.started();
    };
    const say = (words) => iframe.contentWindow?.postMessage(JSON.stringify(words), address.origin);
    function seek(there) {
      if (source.kind === "youtube") say({ event: "command", func: "seekTo", args: [there, true] });
      else say({ method: "setCurrentTime", value: there });
      place = there;
    }
    addEventListener("message", heard);
    media.append(iframe);
    return {
      ...empty,
      isFrame: true,
      place: () => place,
      seek,
      stop() {
        clearInterval(asking);
        removeEventListener("message", heard);
        iframe.remove();
      },
    };
  }

  /* WHEP: one offer, one answer, below a second behind the stage. */
  function whep(source, { video, tell }) {
    const quiet = inVideo(video, tell);
    const connection = new RTCPeerConnection();
    const stream = new MediaStream();
    let resource = null,
      stopped = false;
    for (const kind of ["video", "audio"]) connection.addTransceiver(kind, { direction: "recvonly" });
    connection.ontrack = ({ track }) => {
      stream.addTrack(track);
      video.srcObject = stream;
      play(video);
    };
    connection.onconnectionstatechange = () => connection.connectionState === "failed" && tell.failed();
    async function connect() {
      await connection.setLocalDescription(await connection.createOffer());
      const headers = { "Content-Type": "application/sdp" };
      const answer = await fetch(source.src, { method: "POST", headers, body: connection.localDescription.sdp });
      if (!answer.ok) throw new Error(answer.status);
      const location = answer.headers.get("Location");
      resource = location && new URL(location, source.src).href;
      const sdp = await answer.text();
      if (!stopped) await connection.setRemoteDescription({ type: "answer", sdp });
    }
    connect().catch(() => !stopped && tell.failed());
    return {
      ...empty,
      stop() {
        stopped = true;
        quiet();
        connection.close();
        if (resource) fetch(resource, { method: "DELETE" }).catch(() => {});
        video.srcObject = null;
      },
    };
  }

  function play(video) {
    video.play()?.catch(() => {}); // who has forbidden it presses play
  }

  function clear(video) {
    video.removeAttribute("src");
    video.load();
  }

  window.engines = { file, hls, whep, youtube: frame, vimeo: frame, play };
})();
