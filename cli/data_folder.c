/* Where the data that ship with Entente are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static bool
is_there(const char *folder, const char *rest, const char *within, char *path, size_t size)
{
    int len = snprintf(path, size, "%s%s/%s", folder, rest, within);

    return len > 0 && (size_t)len < size && access(path, R_OK) == 0;
}

bool cli_data_path(const char *within, char *path, size_t size)
{
    const char *data = getenv("ENTENTE_DATA");
    char self[3000];
    ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

    if (data && *data)
        return is_there(data, "", within, path, size);
    if (len > 0) {
        self[len] = '\0';
        /* Where it was built: build/cli/entente beside data/. */
        for (int up = 0; up < 3 && strrchr(self, '/'); up++)
            *strrchr(self, '/') = '\0';
        if (is_there(self, "/data", within, path, size))
            return true;
    }
    return is_there(ENTENTE_DATADIR, "", within, path, size);
}
