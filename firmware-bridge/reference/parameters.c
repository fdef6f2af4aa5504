/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "firmware-bridge/reference/parameters.h"

#include <string.h>

/* A span before any adjustment, so that rest can be judged: Max over a quarter of the converter. */
enum { NOMINAL_CODES_AT_MAX = 0x200000 };

uint32_t jh_crc32(const uint8_t* bytes, size_t count) {
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t k = 0; k < count; ++k) {
        crc ^= bytes[k];
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1u)));
    }
    return ~crc;
}

static void put(uint8_t** at, uint64_t v, int bytes) {
    for (int k = bytes - 1; k >= 0; --k) *(*at)++ = (uint8_t)(v >> (8 * k));
}

static uint64_t get(const uint8_t** at, int bytes) {
    uint64_t v = 0;
    for (int k = 0; k < bytes; ++k) v = v << 8 | *(*at)++;
    return v;
}

static void encode(const jh_sealed* s, uint8_t* at) {
    const jh_indicator_parameters* p = &s->works;
    put(&at, p->serial, 4);
    put(&at, p->ranges, 1);
    put(&at, p->decimals, 1);
    put(&at, p->station, 1);
    put(&at, (uint64_t)(s->zero_adjusted ? 1 : 0) | (s->span_adjusted ? 2u : 0u), 1);
    for (int r = 0; r < 2; ++r) put(&at, (uint64_t)p->max_g[r], 8);
    for (int r = 0; r < 2; ++r) put(&at, (uint64_t)p->interval_g[r], 8);
    put(&at, p->rate_hz, 2);
    put(&at, p->filter_ms, 2);
    put(&at, p->stability_band_cd, 2);
    put(&at, p->stability_ms, 2);
    put(&at, p->tracking_band_cd, 2);
    put(&at, p->tracking_rate_cd_s, 2);
    put(&at, p->initial_zero_pm, 2);
    put(&at, p->zero_pm, 2);
    put(&at, p->rounding_hysteresis_g, 2);
    put(&at, p->multiple_range, 2);
    put(&at, p->baud, 4);
    put(&at, (uint32_t)s->dead_load_q8, 4);
    put(&at, s->span.mantissa, 4);
    put(&at, s->span.shift, 4);
}

static void decode(jh_sealed* s, const uint8_t* at) {
    jh_indicator_parameters* p = &s->works;
    p->serial = (uint32_t)get(&at, 4);
    p->ranges = (uint8_t)get(&at, 1);
    p->decimals = (uint8_t)get(&at, 1);
    p->station = (uint8_t)get(&at, 1);
    const uint64_t flags = get(&at, 1);
    s->zero_adjusted = (flags & 1u) != 0;
    s->span_adjusted = (flags & 2u) != 0;
    for (int r = 0; r < 2; ++r) p->max_g[r] = (int64_t)get(&at, 8);
    for (int r = 0; r < 2; ++r) p->interval_g[r] = (int64_t)get(&at, 8);
    p->rate_hz = (uint16_t)get(&at, 2);
    p->filter_ms = (uint16_t)get(&at, 2);
    p->stability_band_cd = (uint16_t)get(&at, 2);
    p->stability_ms = (uint16_t)get(&at, 2);
    p->tracking_band_cd = (uint16_t)get(&at, 2);
    p->tracking_rate_cd_s = (uint16_t)get(&at, 2);
    p->initial_zero_pm = (uint16_t)get(&at, 2);
    p->zero_pm = (uint16_t)get(&at, 2);
    p->rounding_hysteresis_g = (uint16_t)get(&at, 2);
    p->multiple_range = (uint8_t)get(&at, 2);
    p->baud = (uint32_t)get(&at, 4);
    const uint32_t dead_load = (uint32_t)get(&at, 4);
    s->dead_load_q8 =
        dead_load > INT32_MAX ? -(int32_t)(UINT32_MAX - dead_load) - 1 : (int32_t)dead_load;
    s->span.mantissa = (uint32_t)get(&at, 4);
    s->span.shift = (uint32_t)get(&at, 4);
}

static uint32_t crc_in(const uint8_t* slot) {
    const uint8_t* at = slot + JH_SLOT_BYTES - 4;
    return (uint32_t)get(&at, 4);
}

static void write_slot(const jh_sealed* s, uint8_t* slot) {
    uint8_t image[JH_SLOT_BYTES];
    uint8_t* at = image;
    put(&at, s->sequence, 4);
    put(&at, s->events, 2);
    put(&at, (uint16_t)~s->events, 2);
    encode(s, at);
    at = image + JH_SLOT_BYTES - 4;
    put(&at, jh_crc32(image, JH_SLOT_BYTES - 4), 4);
    memcpy(slot, image, sizeof image);
}

/* A CRC only says that the bytes are those once written; nonsense must not divide by zero here. */
static bool sensible(const jh_sealed* s) {
    const jh_indicator_parameters* p = &s->works;
    if (p->multiple_range > 1 || (p->multiple_range == 1 && p->ranges != 2)) return false;
    if (p->ranges < 1 || p->ranges > 2 || p->decimals > 3 || p->rate_hz == 0 || p->baud == 0)
        return false;
    for (int r = 0; r < p->ranges; ++r) {
        /* No class allows fewer than 100 intervals (R 76-1 table 3). */
        if (p->interval_g[r] <= 0 || p->max_g[r] / 100 < p->interval_g[r]) return false;
        if (p->max_g[r] > UINT32_MAX) return false;
    }
    return !s->span_adjusted || (s->span.mantissa != 0 && s->span.shift < 63);
}

void jh_load_parameters(jh_indicator* i) {
    jh_sealed* s = &i->sealed;
    uint16_t events_kept = 0;
    for (uint32_t n = 0; n < 2; ++n) {
        const uint8_t* slot = i->nonvolatile + (size_t)n * JH_SLOT_BYTES;
        const uint8_t* at = slot;
        const uint32_t sequence = (uint32_t)get(&at, 4);
        const uint16_t events = (uint16_t)get(&at, 2);
        const uint16_t inverted = (uint16_t)get(&at, 2);
        if ((events ^ inverted) == 0xFFFF && events > s->events) s->events = events;
        if (crc_in(slot) != jh_crc32(slot, JH_SLOT_BYTES - 4)) continue;
        if (s->valid && sequence < s->sequence) continue;
        s->valid = true;
        s->sequence = sequence;
        s->slot = n;
        events_kept = events;
        decode(s, at);
        s->checksum = jh_crc32(at, JH_SLOT_PARAMETER_BYTES);
    }
    s->valid = s->valid && sensible(s);
    if (!s->valid) {
        memset(&s->works, 0, sizeof s->works);
        s->works.station = 1;
        s->works.baud = 9600;
        return;
    }
    if (!s->span_adjusted)
        jh_set_span(&s->span, s->works.max_g[s->works.ranges - 1] * 1000,
                    NOMINAL_CODES_AT_MAX * (int64_t)256);
    /* A save was cut off after its count. It is made whole now: the next one, cut off in its turn,
     * would take the count back. Nothing of the count changes here, so this may be cut off too. */
    if (events_kept < s->events) jh_save_parameters(i, 0);
}

void jh_save_parameters(jh_indicator* i, uint32_t events) {
    jh_sealed* s = &i->sealed;
    /* Stands at its end rather than starting again at 0: it must never seem untouched. */
    s->events = s->events > UINT16_MAX - events ? UINT16_MAX : (uint16_t)(s->events + events);
    ++s->sequence;
    s->slot = 1 - s->slot;
    uint8_t* slot = i->nonvolatile + (size_t)s->slot * JH_SLOT_BYTES;
    write_slot(s, slot);
    s->checksum = jh_crc32(slot + JH_SLOT_HEADER_BYTES, JH_SLOT_PARAMETER_BYTES);
}

uint16_t jh_parameter(const jh_indicator* i, uint32_t index) {
    const jh_indicator_parameters* p = &i->sealed.works;
    switch (index) {
        case JH_PARAMETER_FILTER_MS:
            return p->filter_ms;
        case JH_PARAMETER_STABILITY_BAND_CD:
            return p->stability_band_cd;
        case JH_PARAMETER_STABILITY_MS:
            return p->stability_ms;
        case JH_PARAMETER_TRACKING_BAND_CD:
            return p->tracking_band_cd;
        default:
            return p->tracking_rate_cd_s;
    }
}

bool jh_parameter_possible(const jh_indicator* i, uint32_t index, uint16_t value) {
    const uint32_t samples = (uint32_t)value * i->sealed.works.rate_hz / 1000;
    switch (index) {
        case JH_PARAMETER_FILTER_MS:
            return value > 0 && samples <= JH_FILTER_SAMPLES;
        case JH_PARAMETER_STABILITY_BAND_CD:
            return value > 0 && value <= 1000;
        case JH_PARAMETER_STABILITY_MS:
            return value > 0 && samples <= JH_STABILITY_SAMPLES;
        case JH_PARAMETER_TRACKING_BAND_CD:
            return value <= 2000;
        default:
            return value <= 1000;
    }
}

void jh_set_parameter(jh_indicator* i, uint32_t index, uint16_t value) {
    jh_indicator_parameters* p = &i->sealed.works;
    switch (index) {
        case JH_PARAMETER_FILTER_MS:
            p->filter_ms = value;
            break;
        case JH_PARAMETER_STABILITY_BAND_CD:
            p->stability_band_cd = value;
            break;
        case JH_PARAMETER_STABILITY_MS:
            p->stability_ms = value;
            break;
        case JH_PARAMETER_TRACKING_BAND_CD:
            p->tracking_band_cd = value;
            break;
        default:
            p->tracking_rate_cd_s = value;
            break;
    }
}

void jh_reference_nonvolatile(const jh_indicator_parameters* parameters, uint8_t* nonvolatile) {
    jh_sealed fresh;
    memset(&fresh, 0, sizeof fresh);
    fresh.works = *parameters;
    fresh.sequence = 1;
    memset(nonvolatile, 0, JH_NONVOLATILE_BYTES);
    write_slot(&fresh, nonvolatile);
}
