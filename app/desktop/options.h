// The desktop program's options, read and checked before a window exists.

#pragma once

#include <QStringList>
#include <filesystem>
#include <optional>

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/crypto/keys.h"
#include "core/record/ids.h"
#include "ui/style/look.h"

namespace fairlead::desktop {

/// What the command line asks for.
struct Options {
    std::filesystem::path workspace;       ///< Empty: the start page.
    std::filesystem::path demo;            ///< Folder of demo.sh; empty = not given.
    std::filesystem::path passphraseFile;  ///< Empty: the unlock page asks.
    std::filesystem::path screenshots;     ///< Empty: an ordinary window.
    std::filesystem::path resources;       ///< Empty: found by itself.
    std::optional<record::SchoolUrn> school;
    std::optional<Date> asAt;
    std::optional<ui::Theme> theme;  ///< Empty, as the next: as it was last time.
    std::optional<int> textPercent;
};

/// The options; `help` is set instead when help or version was asked for. Errors: InvalidArgument.
Result<Options> readOptions(const QStringList& arguments, QString& help);

/// The first line of a file, in locked memory. Errors: NotFound, Io.
Result<crypto::Secret> passphraseFrom(const std::filesystem::path& path);

/// Where definitions, gateways and models lie: the option, FAIRLEAD_RESOURCES, beside the program, or the source tree.
/// Errors: NotFound.
Result<std::filesystem::path> findResources(const std::filesystem::path& option);

}  // namespace fairlead::desktop
