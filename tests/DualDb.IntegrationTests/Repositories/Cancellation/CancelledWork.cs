using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Shapes.Neon;

namespace DualDb.IntegrationTests.Repositories.Cancellation;

/// <summary>The calls that are cancelled, and what must hold whatever became of them.</summary>
internal sealed class CancelledWork
{
    private const int StreamedRows = 400;

    private readonly Place _place;
    private readonly NamedGroups _groups;
    private int _group;

    public CancelledWork(Place place)
    {
        _place = place;
        _groups = new NamedGroups(place);
        Calls =
        [
            FindAsync, FindManyAsync, StreamAsync, InsertFewAsync, InsertByCopyAsync, UpdateAsync, UpsertManyAsync, CommitAsync, RollBackAsync, StreamInTransactionAsync,
        ];
    }

    /// <summary>Each takes how many rows to write at once.</summary>
    public IReadOnlyList<Func<int, CancellationToken, Task>> Calls { get; }

    private IInitRecordRepository Streamed => _place.Db.NeonInitRecords;

    private IPositionalRecordRepository Rows => _place.Db.NeonPositionalRecords;

    public async Task PrepareAsync()
        => await Streamed.InsertManyAsync([.. Enumerable.Range(0, StreamedRows).Select(new InitRecordShape().Make)]);

    /// <summary>A read by key gives the row of that key.</summary>
    public async Task AssertAnswersAsync()
    {
        var key = Shapes.Samples.Id(++_group % StreamedRows);
        Assert.Equal(key, (await Streamed.GetAsync(key, TestContext.Current.CancellationToken)).Id);
    }

    /// <summary>What was written together is there together or not at all.</summary>
    public async Task AssertAllOrNothingAsync(int rowsAtOnce)
    {
        var counts = await _groups.CountAsync();
        Assert.All(counts, group => Assert.True(group.Count == group.Expected || group.Count == 0, $"{group.Name} has {group.Count} rows of {group.Expected}."));
        Assert.Contains(counts, group => group.Count == rowsAtOnce);
    }

    private async Task FindAsync(int count, CancellationToken token) => Assert.NotNull(await Streamed.FindAsync(Shapes.Samples.Id(1), token));

    private async Task FindManyAsync(int count, CancellationToken token)
    {
        Guid[] keys = [.. Enumerable.Range(0, count).Select(Shapes.Samples.Id)];
        Assert.Equal(keys, (await Streamed.FindManyAsync(keys, token)).Select(static row => row.Id));
    }

    private async Task StreamAsync(int count, CancellationToken token)
    {
        var seen = 0;
        await foreach (var _ in Streamed.StreamAsync(token))
        {
            seen++;
        }

        Assert.Equal(StreamedRows, seen);
    }

    private async Task StreamInTransactionAsync(int count, CancellationToken token)
    {
        await using var transaction = await _place.Db.BeginNeonAsync(token);
        await foreach (var row in Streamed.StreamAsync(transaction, token))
        {
            Assert.NotNull(row);
        }

        await transaction.CommitAsync(token);
    }

    private Task InsertFewAsync(int count, CancellationToken token) => Rows.InsertManyAsync(_groups.Begin(Place.CopyThreshold), token);

    private Task InsertByCopyAsync(int count, CancellationToken token) => Rows.InsertManyAsync(_groups.Begin(count), token);

    private async Task UpdateAsync(int count, CancellationToken token)
    {
        var row = await Streamed.GetAsync(Shapes.Samples.Id(2), token);
        await Streamed.UpdateAsync(row with { Rank = _group }, token);
    }

    private Task UpsertManyAsync(int count, CancellationToken token) => Rows.UpsertManyAsync(_groups.Begin(count), token);

    private async Task CommitAsync(int count, CancellationToken token)
    {
        var rows = _groups.Begin(2);
        await using var transaction = await _place.Db.BeginNeonAsync(token);
        await Rows.InsertAsync(rows[0], transaction, token);
        await Rows.InsertAsync(rows[1], transaction, token);
        await transaction.CommitAsync(token);
    }

    private async Task RollBackAsync(int count, CancellationToken token)
    {
        await using var transaction = await _place.Db.BeginNeonAsync(token);
        await Rows.InsertManyAsync(_groups.BeginInVain(count), transaction, token);
        await transaction.RollbackAsync(token);
    }
}
