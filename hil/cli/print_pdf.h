// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace jh {

/// Why no PDF can be printed here, with the package that is missing; empty when all is there.
std::string pdfProblem();

/// Pages of an HTML text as PDF, through WeasyPrint (docs/adr/0012), renamed into place. The same
/// text gives the same bytes with the same fonts and versions. A message when that did not work.
std::string printPdf(const std::string& html, const std::filesystem::path& file);

}  // namespace jh
