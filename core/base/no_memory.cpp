#include "core/base/no_memory.h"

#include <cstdlib>
#include <exception>
#include <new>
#include <system_error>

#include <unistd.h>

namespace fairlead {

namespace {

bool isWantOfMemory(const std::exception_ptr& thrown) {
    if (!thrown) return false;
    try {
        std::rethrow_exception(thrown);
    } catch (const std::bad_alloc&) {
        return true;
    } catch (const std::system_error& error) {
        return error.code() == std::errc::resource_unavailable_try_again ||
               error.code() == std::errc::not_enough_memory;
    } catch (...) {
        return false;
    }
}

[[noreturn]] void onTerminate() {
    if (!isWantOfMemory(std::current_exception())) std::abort();
    sayNoMemory();
    ::_exit(kNoMemoryExit);
}

}  // namespace

void endPlainlyWithoutMemory() { std::set_terminate(onTerminate); }

void sayNoMemory() {
    // Nobody is left to hear that it could not be said.
    [[maybe_unused]] const auto said = ::write(STDERR_FILENO, kNoMemorySentence.data(), kNoMemorySentence.size());
}

}  // namespace fairlead
