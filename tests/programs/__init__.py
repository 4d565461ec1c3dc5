"""Programs that run inside an installation: `stack.call(chat.send, ...)`. What they give back comes by JSON."""
