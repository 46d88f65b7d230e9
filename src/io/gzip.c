#include "io/gzip.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>

/* One raw entry through a gzip filter. */
static enum ent_status write_archive(struct archive *a, struct archive_entry *entry,
                                     const char *path, struct ent_str text,
                                     struct ent_error *err)
{
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_pathname(entry, "data");
    if (archive_write_set_format_raw(a) != ARCHIVE_OK ||
        archive_write_add_filter_gzip(a) != ARCHIVE_OK ||
        archive_write_set_options(a, "gzip:!timestamp,gzip:compression-level=9") !=
            ARCHIVE_OK ||
        archive_write_open_filename(a, path) != ARCHIVE_OK ||
        archive_write_header(a, entry) != ARCHIVE_OK ||
        archive_write_data(a, text.at, text.len) != (la_ssize_t)text.len ||
        archive_write_close(a) != ARCHIVE_OK) {
        errno = archive_errno(a);
        return ent_fail(err, ENT_EIO, "cannot write: %s", archive_error_string(a));
    }
    return ENT_OK;
}

enum ent_status ent__gzip_write(const char *path, struct ent_str text, struct ent_error *err)
{
    char beside[4096];
    struct archive *a = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    enum ent_status status = ENT_OK;

    if (!a || !entry)
        status = ent_fail(err, ENT_ENOMEM, "out of memory for a file");
    if ((size_t)snprintf(beside, sizeof(beside), "%s.new", path) >= sizeof(beside))
        status = ent_fail(err, ENT_EINVAL, "the path is too long");
    if (status == ENT_OK)
        status = write_archive(a, entry, beside, text, err);
    archive_entry_free(entry);
    archive_write_free(a);
    if (status == ENT_OK && rename(beside, path) != 0)
        status = ent_fail(err, ENT_EIO, "cannot write: %s", strerror(errno));
    if (status != ENT_OK) {
        unlink(beside);
        ent_error_at(err, path, 0, 0);
    }
    return status;
}
