using DualDb.ChangeLog;

namespace DualDb.IntegrationTests.ChangeLog;

/// <summary>Follows the log from where it was when this began, and keeps its place as text between pages, as one that must survive a restart does.</summary>
internal sealed class Follower(PostgresDatabase database, string table)
{
    private readonly ChangeLogReader _reader = new(database);
    private string _position = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Follower> StartAsync(PostgresDatabase database, string table)
    {
        var name = table.StartsWith('"') ? table[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : table;
        var follower = new Follower(database, name);
        follower._position = (await follower._reader.BeginAsync(Token)).ToString();
        return follower;
    }

    /// <summary>One page; changes of other tests' tables are left out.</summary>
    public async Task<(IReadOnlyList<LoggedChange> Changes, bool HasMore)> PageAsync(int limit)
    {
        var page = await _reader.ReadAsync(ChangeLogPosition.Parse(_position), limit, Token);
        Assert.Equal(ChangeLogGap.None, page.Gap);
        Assert.True(page.Changes.Count <= limit);
        _position = page.Position.ToString();
        return ([.. page.Changes.Where(change => string.Equals(change.Table, table, StringComparison.Ordinal))], page.HasMore);
    }

    /// <summary>All there is now.</summary>
    public async Task<IReadOnlyList<LoggedChange>> ReadAsync(int limit = 100)
    {
        var all = new List<LoggedChange>();
        bool hasMore;
        do
        {
            (var changes, hasMore) = await PageAsync(limit);
            all.AddRange(changes);
        }
        while (hasMore);

        return all;
    }
}
