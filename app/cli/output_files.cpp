#include "app/cli/output_files.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/base/descriptor.h"

namespace fairlead::cli {

OutputFile::OutputFile(std::filesystem::path path)
    : m_path(std::move(path)),
      m_temporary(m_path.string() + fmt::format(".new-{}", ::getpid())),
      m_descriptor(::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (m_descriptor < 0) keepErrno();
}

OutputFile::~OutputFile() {
    if (m_descriptor >= 0) ::close(m_descriptor);
    if (!m_temporary.empty()) ::unlink(m_temporary.c_str());
}

void OutputFile::keepErrno() {
    const int error = errno;
    if (!m_status) return;
    m_status = fail(codeOfErrno(error), m_path.string(), std::strerror(error));
}

void OutputFile::write(std::string_view bytes) {
    constexpr std::size_t kBuffer = std::size_t{1} << 20U;
    m_buffer += bytes;
    if (m_buffer.size() >= kBuffer) flush();
}

void OutputFile::flush() {
    if (m_status && !writeAll(m_descriptor, m_buffer)) keepErrno();
    m_buffer.clear();
}

Status OutputFile::close() {
    flush();
    if (m_status && ::fsync(m_descriptor) != 0) keepErrno();
    return m_status;
}

Status OutputFile::publish() {
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        keepErrno();
    else
        m_temporary.clear();
    return m_status;
}

Status OutputFiles::publish() {
    for (OutputFile& file : m_files) FAIRLEAD_OK(file.close());
    for (OutputFile& file : m_files) FAIRLEAD_OK(file.publish());
    return {};
}

}  // namespace fairlead::cli
