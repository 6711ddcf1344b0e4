"""Server configuration for integration tests.

!! Never use this configuration in production because it
opens the server to the world and provide access to JupyterLab
JavaScript objects through the global window variable.
"""

import os

from jupyterlab.galata import configure_jupyter_server

configure_jupyter_server(c)  # noqa: F821
c.ServerApp.ip = "127.0.0.1"  # noqa: F821
c.ServerApp.allow_root = hasattr(os, "getuid") and os.getuid() == 0  # noqa: F821
# Requests of the tests fill thousands of lines otherwise.
c.ServerApp.log_level = "ERROR"  # noqa: F821
# Each page would ask whether JupyterLab must be built again, which starts a Node.js.
c.ServerApp.tornado_settings = {  # noqa: F821
    "page_config_data": {"buildCheck": False, "buildAvailable": False}
}
