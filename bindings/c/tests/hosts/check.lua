-- LuaJIT on the plain declarations: luajit check.lua LIBRARY PLAIN EXPECTED WRONG FAMILY
local library, plain, expected, wrong, family = ...
local ffi = require("ffi")
ffi.cdef(assert(io.open(plain)):read("*a"))
local c = ffi.load(library)
assert(c.relocost_abi_version() == c.RELOCOST_ABI_VERSION)

local function ok(status, place)
    if status == 0 then return end
    local told = status .. " " .. ffi.string(c.relocost_status_name(status))
    local failed = place and place[0] ~= nil and place[0]
    if failed then
        local count, finding = ffi.new("size_t[1]"), ffi.new("relocost_finding[1]")
        ok(c.relocost_error_count(failed, count))
        for at = 0, tonumber(count[0]) - 1 do
            ok(c.relocost_error_finding(failed, at, finding))
            local it = finding[0]
            told = told .. string.format("\n  %d line %d %s", it.number, it.line, ffi.string(it.key.data, it.key.length))
        end
        c.relocost_error_free(failed)
    end
    error(told, 0)
end

-- A handle that the collector frees.
local function give(kind, ask)
    local place, failed = ffi.new("relocost_" .. kind .. " *[1]"), ffi.new("relocost_error *[1]")
    ok(ask(place, failed), failed)
    return ffi.gc(place[0], c["relocost_" .. kind .. "_free"])
end

local function load(path)
    return give("scenario", function(it, failed) return c.relocost_scenario_from_file(path, #path, nil, it, failed) end)
end

local function options(type)
    local it = ffi.new(type)
    it.size = ffi.sizeof(it)
    return it
end

local function figure(result, which)
    local buffer = ffi.new("char[256]")
    local status = c.relocost_result_text(result, which, buffer, 256, nil)
    if status == c.RELOCOST_NO_VALUE then return "-" end
    ok(status)
    return ffi.string(buffer)
end

local count, differ = 0, 0
for line in io.lines(expected) do
    local path, base, alternative, what, key, value = line:match("(.-)\t(.-)\t(.-)\t(.-)\t(.-)\t(.*)")
    local scenario, found = load(path), nil
    if what == "ledger" then
        local ledger = give("result", function(it, failed)
            return c.relocost_ledger(scenario, key, #key, nil, it, failed)
        end)
        found = figure(ledger, c.RELOCOST_FIGURE_TOTAL)
    else
        local asked = options("relocost_options")
        asked.base.data, asked.base.length = base, #base
        asked.alternative.data, asked.alternative.length = alternative, #alternative
        local result = give("result", function(it, failed) return c.relocost_compare(scenario, asked, it, failed) end)
        found = figure(result, c["RELOCOST_FIGURE_" .. what:upper()])
    end
    count = count + 1
    if found ~= value then
        differ = differ + 1
        print(line .. ": " .. found)
    end
end
print(differ == 0 and count > 100 and "the same cents" or differ .. " of " .. count .. " differ")

print(select(2, pcall(load, wrong)))

local scenario, told, upto = load(family), 0, math.huge
local asked = options("relocost_simulate_options")
asked.draws, asked.seed = 10000, 7
local tell = ffi.cast("relocost_progress", function(_, done)
    told = told + 1
    return done > upto and 1 or 0
end)
asked.progress = tell
local function simulate()
    return give("simulation", function(it, failed) return c.relocost_simulate(scenario, asked, it, failed) end)
end
jit.off(simulate, true) -- what calls back may not be compiled
local simulation, value = simulate(), ffi.new("double[1]")
ok(c.relocost_simulation_quantile(simulation, "permanent", 9, "total", 5, 0.8, value))
print(string.format("P80 %.0f%s", value[0], told > 0 and ", told" or ""))
upto, asked.draws = 5000, 2 ^ 30
print((select(2, pcall(simulate)):match("[^\n]*")))
