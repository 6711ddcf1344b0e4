/** Connections to kernels behind a Kernel Gateway. */
import type { BrowserContext } from '@playwright/test';

/**
 * Pages opened from now on connect to kernels without asking for a subprotocol. JupyterLab asks, a server with a gateway
 * knows none, and JupyterLab connects again at once; the server (jupyter_server 2.21, `GatewayWebSocketConnection`) never
 * closes the first connection to the gateway, and the kernel answers that one or the second, as it happens. With or
 * without us every second notebook got no answer on a slow machine.
 */
export async function withoutSubprotocol(
  context: BrowserContext
): Promise<void> {
  await context.addInitScript(() => {
    window.WebSocket = new Proxy(window.WebSocket, {
      construct: (target, [url, ...rest]) =>
        `${url}`.includes('/channels')
          ? new target(url)
          : new target(url, ...rest)
    });
  });
}
