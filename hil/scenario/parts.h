// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>

#include "hil/scenario/fields.h"
#include "hil/scenario/sources.h"

namespace jh {

template <class T>
using Describe = void (*)(Fields&, T&);

/// Reads one document; true when nothing is wrong with it.
template <class T>
bool readInto(T& value, const TreeNode& root, const std::string& prefix, Describe<T> describe,
              Diagnostics& diagnostics) {
    Problems problems{root, prefix, diagnostics};
    Place{&root, nullptr, "", &problems}.bind(value, describe);
    return problems.none();
}

/// Parts of a document that may be other files.
class PartReader {
public:
    PartReader(FileChain chain, Diagnostics& diagnostics)
        : chain_{std::move(chain)}, diagnostics_{diagnostics} {}

    /// The name of a file or the thing itself. `within` leads to the map that holds the part. True
    /// when nothing is wrong with it.
    template <class T>
    bool read(Fields& fields, const std::string& within, const std::string& key, T& value,
              Describe<T> how) {
        auto place = fields.at(key);
        if (!place) return false;
        if (!fields.reading()) {
            place->bind(value, how);
            return true;
        }
        const TreeNode& node = *place->node();
        const std::string path = within + key;
        if (node.kind == TreeNode::Kind::map) {
            const auto whole = openInline(node, path, key, chain_, diagnostics_);
            return whole && readInto(value, *whole, path + '.', how, diagnostics_);
        }
        const auto document = openReference(node, path, key, chain_, diagnostics_);
        return document && readInto(value, document->root, "", how, diagnostics_);
    }
    template <class T>
    bool read(Fields& fields, const std::string& key, T& value, Describe<T> how) {
        return read(fields, "", key, value, how);
    }

private:
    FileChain chain_;
    Diagnostics& diagnostics_;
};

}  // namespace jh
