namespace DualDb.Caching.Worker;

/// <summary>Reads and writes one after the other, in every way that the cache knows of.</summary>
internal sealed class RandomOperations(WorkerDb db, OperationLog log, int seed)
{
    private readonly Random _random = new(seed);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var key = Items.Keys[_random.Next(Items.Keys.Length)];
            if (_random.Next(100) < 12)
            {
                await WriteAsync(key);
            }
            else
            {
                await ReadAsync(key);
            }

            await Task.Delay(_random.Next(4), CancellationToken.None);
        }
    }

    private async Task ReadAsync(long key)
    {
        var began = OperationLog.Now;
        switch (_random.Next(5))
        {
            case 0:
                Saw(began, "many", await db.Items.FindManyAsync(Items.Keys));
                break;
            case 1:
                Saw(began, "unique", [(await db.Items.FindByCodeAsync(Items.CodeOf(key)))!]);
                break;
            case 2:
                SawStand(began, "list", Items.StandOf(key), await db.Items.ListByStandIdAsync(Items.StandOf(key)));
                break;
            case 3:
                var stand = Items.StandOf(key);
                SawStand(began, "query", stand, await db.Items.Where(item => item.StandId == stand).Cached().ToListAsync());
                break;
            default:
                Saw(began, "key", [await db.Items.GetAsync(key)]);
                break;
        }
    }

    private void Saw(long began, string how, IEnumerable<Item> items)
    {
        foreach (var item in items)
        {
            log.Add("read", began, item.Id, item.Version, how);
        }
    }

    private void SawStand(long began, string how, int stand, IReadOnlyList<Item> items)
    {
        Saw(began, how, items);
        foreach (var key in Items.Keys.Where(key => key < Items.FirstMovable && Items.StandOf(key) == stand && items.All(item => item.Id != key)))
        {
            log.Add("read", began, key, version: -1, how);
        }
    }

    private async Task WriteAsync(long key)
    {
        var began = OperationLog.Now;
        try
        {
            foreach (var (written, version, how) in await WriteOneAsync(key))
            {
                log.Add("write", began, written, version, how);
            }
        }
        catch (DualDbException)
        {
            // Overtaken by another worker, or a victim of a deadlock: nothing was acknowledged.
            log.Add("refused", began, key);
        }
    }

    private async Task<IReadOnlyList<(long Key, long Version, string How)>> WriteOneAsync(long key)
    {
        switch (_random.Next(5))
        {
            case 0:
                return [(key, (await db.Items.PatchAsync(key, set => set.Name("patched"))).Version, "patch")];
            case 1:
                var before = await db.Items.Fresh().GetAsync(key);
                await db.Items.Where(item => item.Id == key).UpdateAsync(set => set.Name("queried"));
                return [(key, before.Version + 1, "query")];
            case 2:
                return await CommitAsync(key);
            default:
                return [(key, (await db.Items.UpdateAsync(Changed(await db.Items.Fresh().GetAsync(key)))).Version, "update")];
        }
    }

    private async Task<IReadOnlyList<(long Key, long Version, string How)>> CommitAsync(long key)
    {
        var other = Items.Keys[_random.Next(Items.Keys.Length)];
        await using var transaction = await db.BeginNeonAsync();
        var written = new List<(long, long, string)>();
        foreach (var changed in new[] { key, other }.Distinct().Order())
        {
            var row = await db.Items.Fresh().GetAsync(changed);
            written.Add((changed, (await db.Items.UpdateAsync(Changed(row), transaction)).Version, "commit"));
        }

        await transaction.CommitAsync();
        return written;
    }

    private Item Changed(Item item)
        => item with { Name = "updated", StandId = item.Id < Items.FirstMovable ? item.StandId : _random.Next(Items.Stands) };
}
