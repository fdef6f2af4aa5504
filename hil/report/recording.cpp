// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/report/recording.h"

#include <hdf5.h>

#include <algorithm>

namespace jh {

namespace {

/// An open thing of the library, closed with its scope.
class Handle {
public:
    Handle(hid_t id, herr_t (*close)(hid_t)) : id_{id}, close_{close} {}
    ~Handle() {
        if (id_ >= 0) close_(id_);
    }
    Handle(Handle&& other) noexcept : id_{std::exchange(other.id_, -1)}, close_{other.close_} {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(id_, other.id_);
        std::swap(close_, other.close_);
        return *this;
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    hid_t id() const { return id_; }

private:
    hid_t id_;
    herr_t (*close_)(hid_t);
};

/// UTF-8 of a fixed length, the same bytes every time.
Handle textType(std::size_t length) {
    Handle type{H5Tcopy(H5T_C_S1), H5Tclose};
    H5Tset_size(type.id(), std::max<std::size_t>(length, 1));
    H5Tset_cset(type.id(), H5T_CSET_UTF8);
    H5Tset_strpad(type.id(), H5T_STR_NULLPAD);
    return type;
}

/// Creation properties without time stamps.
Handle plain(hid_t kind) {
    Handle properties{H5Pcreate(kind), H5Pclose};
    H5Pset_obj_track_times(properties.id(), false);
    return properties;
}

}  // namespace

struct Recording::File {
    struct Column {
        Handle set;
        std::size_t width{};
        std::vector<double> waiting;
    };
    struct Rows {
        Handle group, times;
        std::vector<std::int64_t> waiting_ns;
        std::vector<Column> columns;
        hsize_t written{};
    };

    Handle file{-1, H5Fclose};
    std::vector<Rows> tracks;
    std::string name, problem;

    void expect(bool done, const std::string& what) {
        if (!done && problem.empty()) problem = name + ": " + what;
    }

    void attribute(hid_t owner, const char* key, const std::string& text) {
        const Handle type = textType(text.size());
        const Handle space{H5Screate(H5S_SCALAR), H5Sclose};
        const Handle made{H5Acreate2(owner, key, type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
                          H5Aclose};
        const std::string padded = text.empty() ? std::string(1, '\0') : text;
        expect(H5Awrite(made.id(), type.id(), padded.data()) >= 0, "cannot be written");
    }
    void attribute(hid_t owner, const char* key, const std::vector<std::string>& texts) {
        std::size_t longest = 1;
        for (const std::string& text : texts) longest = std::max(longest, text.size());
        std::string all;
        for (const std::string& text : texts) {
            all += text + std::string(longest - text.size(), '\0');
        }
        const Handle type = textType(longest);
        const hsize_t count = texts.size();
        const Handle space{H5Screate_simple(1, &count, nullptr), H5Sclose};
        const Handle made{H5Acreate2(owner, key, type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
                          H5Aclose};
        expect(H5Awrite(made.id(), type.id(), all.data()) >= 0, "cannot be written");
    }
    void attribute(hid_t owner, const char* key, std::uint64_t number) {
        const Handle space{H5Screate(H5S_SCALAR), H5Sclose};
        const Handle made{
            H5Acreate2(owner, key, H5T_STD_U64LE, space.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose};
        expect(H5Awrite(made.id(), H5T_NATIVE_UINT64, &number) >= 0, "cannot be written");
    }

    /// A text may be longer than an attribute can.
    void text(const char* key, const std::string& value) {
        const Handle type = textType(value.size());
        const Handle space{H5Screate(H5S_SCALAR), H5Sclose};
        const Handle properties = plain(H5P_DATASET_CREATE);
        const Handle set{H5Dcreate2(file.id(), key, type.id(), space.id(), H5P_DEFAULT,
                                    properties.id(), H5P_DEFAULT),
                         H5Dclose};
        expect(H5Dwrite(set.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, value.data()) >= 0,
               "cannot be written");
    }

    /// Width 0: one value a row, without a second dimension.
    Handle table(hid_t group, const std::string& key, hid_t type, std::size_t width,
                 std::size_t rowsAtOnce) {
        const int rank = width == 0 ? 1 : 2;
        const hsize_t none[2] = {0, width}, most[2] = {H5S_UNLIMITED, width};
        const hsize_t chunk[2] = {rowsAtOnce, width};
        const Handle space{H5Screate_simple(rank, none, most), H5Sclose};
        const Handle properties = plain(H5P_DATASET_CREATE);
        H5Pset_chunk(properties.id(), rank, chunk);
        Handle set{H5Dcreate2(group, key.c_str(), type, space.id(), H5P_DEFAULT, properties.id(),
                              H5P_DEFAULT),
                   H5Dclose};
        expect(set.id() >= 0, "cannot be written");
        return set;
    }

    void append(const Handle& set, hid_t type, std::size_t width, hsize_t written, hsize_t rows,
                const void* values) {
        const int rank = width == 0 ? 1 : 2;
        const hsize_t now[2] = {written + rows, width}, from[2] = {written, 0};
        const hsize_t count[2] = {rows, width};
        bool done = H5Dset_extent(set.id(), now) >= 0;
        const Handle place{H5Dget_space(set.id()), H5Sclose};
        const Handle memory{H5Screate_simple(rank, count, nullptr), H5Sclose};
        done = done &&
               H5Sselect_hyperslab(place.id(), H5S_SELECT_SET, from, nullptr, count, nullptr) >= 0;
        done = done && H5Dwrite(set.id(), type, memory.id(), place.id(), H5P_DEFAULT, values) >= 0;
        expect(done, "cannot be written");
    }
};

Recording::Recording(const std::filesystem::path& file, const RecordingHead& head)
    : file_{std::make_unique<File>()} {
    // Problems are told by problem(), not on stderr.
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    file_->name = file.string();
    const Handle creation = plain(H5P_FILE_CREATE);
    file_->file =
        Handle{H5Fcreate(file.c_str(), H5F_ACC_TRUNC, creation.id(), H5P_DEFAULT), H5Fclose};
    if (file_->file.id() < 0) {
        file_->problem = file_->name + ": cannot be created";
        return;
    }
    const hid_t root = file_->file.id();
    file_->attribute(root, "program", head.program);
    file_->attribute(root, "version", head.version);
    file_->attribute(root, "commit", head.commit);
    file_->attribute(root, "name", head.name);
    file_->attribute(root, "title", head.title);
    file_->attribute(root, "seed", head.seed);
    file_->text("scene", head.scene);
}

Recording::~Recording() {
    flush();
}

Recording::Track Recording::add(const std::string& group, std::vector<RecordedSignal> signals,
                                std::size_t rowsAtOnce) {
    File& f = *file_;
    const Handle properties = plain(H5P_GROUP_CREATE);
    File::Rows rows{{f.problem.empty() ? H5Gcreate2(f.file.id(), group.c_str(), H5P_DEFAULT,
                                                    properties.id(), H5P_DEFAULT)
                                       : -1,
                     H5Gclose},
                    {-1, H5Dclose},
                    {},
                    {},
                    0};
    if (f.problem.empty()) {
        rows.times = f.table(rows.group.id(), "time_ns", H5T_STD_I64LE, 0, rowsAtOnce);
        f.attribute(rows.times.id(), "unit", std::string{"ns"});
        f.attribute(rows.times.id(), "about", std::string{"simulated time since the start"});
    }
    for (const RecordedSignal& signal : signals) {
        const std::size_t width = signal.columns.size();
        File::Column column{{-1, H5Dclose}, width, {}};
        if (f.problem.empty()) {
            column.set = f.table(rows.group.id(), signal.name, H5T_IEEE_F64LE, width, rowsAtOnce);
            f.attribute(column.set.id(), "unit", signal.unit);
            f.attribute(column.set.id(), "frame", signal.frame);
            f.attribute(column.set.id(), "about", signal.about);
            if (width > 0) f.attribute(column.set.id(), "columns", signal.columns);
        }
        column.waiting.reserve(2 * rowsAtOnce * std::max<std::size_t>(width, 1));
        rows.columns.push_back(std::move(column));
    }
    rows.waiting_ns.reserve(2 * rowsAtOnce);
    f.tracks.push_back(std::move(rows));
    return Track{f.tracks.size() - 1};
}

void Recording::row(Track track, SimTime at, std::span<const double> values) {
    File::Rows& rows = file_->tracks[static_cast<std::size_t>(track)];
    rows.waiting_ns.push_back(at.count());
    const double* from = values.data();
    for (File::Column& column : rows.columns) {
        const std::size_t width = std::max<std::size_t>(column.width, 1);
        column.waiting.insert(column.waiting.end(), from, from + width);
        from += width;
    }
}

std::size_t Recording::rowsWaiting(Track track) const {
    return file_->tracks[static_cast<std::size_t>(track)].waiting_ns.size();
}

void Recording::flush() {
    File& f = *file_;
    for (File::Rows& rows : f.tracks) {
        const hsize_t count = rows.waiting_ns.size();
        if (f.problem.empty() && count > 0) {
            f.append(rows.times, H5T_NATIVE_INT64, 0, rows.written, count, rows.waiting_ns.data());
            for (const File::Column& column : rows.columns) {
                f.append(column.set, H5T_NATIVE_DOUBLE, column.width, rows.written, count,
                         column.waiting.data());
            }
            rows.written += count;
        }
        rows.waiting_ns.clear();
        for (File::Column& column : rows.columns) column.waiting.clear();
    }
    if (f.problem.empty()) {
        f.expect(H5Fflush(f.file.id(), H5F_SCOPE_LOCAL) >= 0, "cannot be written");
    }
}

const std::string& Recording::problem() const {
    return file_->problem;
}

}  // namespace jh
