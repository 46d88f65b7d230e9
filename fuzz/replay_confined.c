/*
 * Opens every file of the directories named as the product does, in a child
 * process.  Whatever the libraries make of a file, this program must live on,
 * and have either all of the file or a message.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "io/source.h"

static int open_file(const char *path)
{
    const struct ent_io_limits limits = { .memory_bytes = 512 << 20, .cpu_seconds = 20 };
    struct ent_error err = { 0 };
    struct ent_source *source;
    struct ent_record record;
    char text[700];
    enum ent_status status = ent__source_open(path, &limits, &source, &err);
    size_t rows = 0;

    if (status != ENT_OK) {
        printf("%s\n", ent_error_text(&err, text, sizeof(text)));
        return 1;
    }
    while ((status = ent__source_next(source, &record, &err)) == ENT_OK &&
           record.kind != ENT_RECORD_END)
        rows++;
    ent__source_close(source);
    if (status == ENT_OK)
        printf("%s: %zu records\n", path, rows);
    else
        printf("%s\n", ent_error_text(&err, text, sizeof(text)));
    return status != ENT_OK && (status != ENT_EFORMAT || err.message[0] == '\0');
}

int main(int argc, char **argv)
{
    int failed = 0;

    for (int i = 1; i < argc; i++) {
        struct dirent *entry;
        DIR *dir = opendir(argv[i]);

        while (dir && (entry = readdir(dir))) {
            char path[4096];

            snprintf(path, sizeof(path), "%s/%s", argv[i], entry->d_name);
            if (entry->d_name[0] != '.')
                failed |= open_file(path);
        }
        if (dir)
            closedir(dir);
    }
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
