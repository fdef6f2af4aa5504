// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/load_board.h"

#include "hil/scenario/describe.h"
#include "hil/scenario/parts.h"

namespace jh {

Expected<FirmwareModel, Diagnostics> loadBoard(const std::filesystem::path& file) {
    Diagnostics diagnostics;
    FirmwareModel model;
    if (const auto document = openDocument(file, "board", diagnostics)) {
        readInto(model, document->root, "", describeBoard, diagnostics);
    }
    putInOrder(diagnostics);
    if (!diagnostics.empty()) return Unexpected<Diagnostics>{std::move(diagnostics)};
    return model;
}

}  // namespace jh
