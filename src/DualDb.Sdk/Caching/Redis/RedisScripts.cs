namespace DualDb.Caching;

/// <summary>What has to happen in Redis as one step. Each answers with a flat list.</summary>
internal static class RedisScripts
{
    /// <summary>
    /// Takes the epoch that is there, or begins one. It ends with the run of the server: one that was restarted may have come back with an older state, or after a failover lack
    /// the last writes, so that nothing it holds can be trusted. It ends too where the number is behind the log, or behind what the caller has seen of it: the key was evicted, or deleted.
    /// Keys: epoch, number, log. Arguments: what a new epoch begins with, the epoch that the caller knows and its last number there. Answers with epoch and number.
    /// </summary>
    public const string Begin =
        """
        local info = redis.pcall('info', 'server')
        local run = type(info) == 'string' and string.match(info, 'run_id:(%w+)') or 'unknown'
        local epoch = redis.call('get', KEYS[1])
        local number = tonumber(redis.call('get', KEYS[2]) or '0')
        local newest = redis.call('xrevrange', KEYS[3], '+', '-', 'COUNT', 1)[1]
        local logged = newest and tonumber(string.match(newest[1], '^%d+')) or 0
        if not epoch or string.match(epoch, '%.(%w+)$') ~= run or (epoch == ARGV[2] and number < tonumber(ARGV[3])) or number < logged then
            epoch = ARGV[1] .. '.' .. run
            number = 0
            redis.call('set', KEYS[1], epoch)
            redis.call('del', KEYS[2], KEYS[3])
        end
        return { epoch, string.format('%d', number) }
        """;

    /// <summary>
    /// Numbers an invalidation, notes the number at every entry and dependency, writes it to the log and announces it. Keys: epoch, number, log, entries…, dependencies….
    /// Arguments: epoch, node, message, milliseconds that the numbers are kept, length of the log, channel; 1 where the last key is that of something that is
    /// to be written once, whoever comes first, else 0. Answers with the number, with 0 where the epoch is another one, with -1 where another node came first.
    /// </summary>
    public const string Invalidate =
        """
        if redis.call('get', KEYS[1]) ~= ARGV[1] then return { '0' } end
        local last = #KEYS
        if ARGV[7] == '1' then
            if not redis.call('set', KEYS[last], '1', 'NX', 'PX', 120000) then return { '-1' } end
            last = last - 1
        end
        local number = redis.call('incr', KEYS[2])
        for i = 4, last do
            redis.call('set', KEYS[i], number, 'PX', ARGV[4])
        end
        local id = string.format('%d-0', number)
        redis.call('xadd', KEYS[3], 'MAXLEN', '~', ARGV[5], id, 'n', ARGV[2], 'm', ARGV[3])
        redis.call('publish', ARGV[6], ARGV[1] .. '|' .. string.format('%d', number) .. '|' .. ARGV[2] .. '|' .. ARGV[3])
        return { string.format('%d', number) }
        """;

    /// <summary>
    /// Keeps payloads that no invalidation has overtaken. Keys: epoch, dependencies…, then payload and version of each entry. Arguments: epoch, number of the load, how many
    /// dependencies, then payload and milliseconds of each entry. Answers with how many were kept.
    /// </summary>
    public const string Publish =
        """
        if redis.call('get', KEYS[1]) ~= ARGV[1] then return { '0' } end
        local asof = tonumber(ARGV[2])
        local dependencies = tonumber(ARGV[3])
        for i = 2, 1 + dependencies do
            local number = redis.call('get', KEYS[i])
            if number and tonumber(number) > asof then return { '0' } end
        end
        local kept = 0
        local argument = 4
        for i = 2 + dependencies, #KEYS, 2 do
            local number = redis.call('get', KEYS[i + 1])
            if not number or tonumber(number) <= asof then
                redis.call('set', KEYS[i], ARGV[argument], 'PX', ARGV[argument + 1])
                kept = kept + 1
            end
            argument = argument + 2
        end
        return { string.format('%d', kept) }
        """;

    /// <summary>The invalidations behind a number. Keys: epoch, number, log. Arguments: the number, how many at most. Answers with epoch, last number, then number, node and message of each.</summary>
    public const string Replay =
        """
        local answer = { redis.call('get', KEYS[1]) or '', redis.call('get', KEYS[2]) or '0' }
        local from = string.format('%d-0', tonumber(ARGV[1]) + 1)
        for _, entry in ipairs(redis.call('xrange', KEYS[3], from, '+', 'COUNT', ARGV[2])) do
            answer[#answer + 1] = string.match(entry[1], '^%d+')
            answer[#answer + 1] = entry[2][2]
            answer[#answer + 1] = entry[2][4]
        end
        return answer
        """;

    /// <summary>Epoch and number. Keys: epoch, number.</summary>
    public const string State = "return { redis.call('get', KEYS[1]) or '', redis.call('get', KEYS[2]) or '0' }";

    /// <summary>A value. Keys: its key. Answers with it, or with an empty text.</summary>
    public const string Get = "return { redis.call('get', KEYS[1]) or '' }";

    /// <summary>Keeps a value. Keys: its key. Argument: the value.</summary>
    public const string Set =
        """
        redis.call('set', KEYS[1], ARGV[1])
        return { '1' }
        """;

    /// <summary>Forgets a value. Keys: its key.</summary>
    public const string Forget =
        """
        redis.call('del', KEYS[1])
        return { '1' }
        """;

    /// <summary>Takes a lock that is free. Keys: lock. Arguments: token, milliseconds. Answers with 1 where it was taken.</summary>
    public const string Lock =
        """
        return { redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and '1' or '0' }
        """;

    /// <summary>Gives a lock back, unless it has passed to another. Keys: lock. Arguments: token.</summary>
    public const string Unlock =
        """
        if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end
        return { '1' }
        """;
}
