using System.Globalization;
using DualDb.Migrations.Model;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>Compares all rows of both sides, by a sum of their hashes for each of some parts of the keys; only where one differs are its rows looked at.</summary>
/// <param name="shape">The table; its columns and its key have the same names on both sides.</param>
/// <param name="showsKeys">Whether its keys may be named.</param>
internal sealed class RowComparison(TableShape shape, bool showsKeys)
{
    private const int Parts = 1024;
    private const int MostNamed = 5;

    // The text's bytes, whatever the order of texts is there.
    private readonly string _key = $"(row({shape.KeyList})::text collate \"C\")";
    private readonly string _row = $"hashtextextended(row({shape.ColumnList})::text collate \"C\", 0)";

    private string Part => string.Create(CultureInfo.InvariantCulture, $"abs(hashtextextended({_key}, 0) % {Parts})");

    /// <summary>Compares.</summary>
    /// <param name="source">A transaction of the one side.</param>
    /// <param name="from">Its table, in SQL.</param>
    /// <param name="target">A transaction of the other side.</param>
    /// <param name="to">Its table, in SQL.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    /// <returns>What differs, in words; null where nothing does.</returns>
    public async Task<string?> FindAsync(NpgsqlConnection source, string from, NpgsqlConnection target, string to, CancellationToken cancellationToken)
    {
        var sides = await Task.WhenAll(SumAsync(source, from, cancellationToken), SumAsync(target, to, cancellationToken)).ConfigureAwait(false);
        var differing = Enumerable.Range(0, Parts).Where(part => sides[0].GetValueOrDefault(part) != sides[1].GetValueOrDefault(part)).ToList();
        if (differing.Count == 0)
        {
            return null;
        }

        var named = new List<string>();
        foreach (var part in differing.Take(MostNamed))
        {
            var rows = await Task.WhenAll(RowsAsync(source, from, part, cancellationToken), RowsAsync(target, to, part, cancellationToken)).ConfigureAwait(false);
            named.AddRange(rows[0].Keys.Union(rows[1].Keys, StringComparer.Ordinal).Where(key => !rows[0].TryGetValue(key, out var left) || !rows[1].TryGetValue(key, out var right) || left != right));
        }

        var (here, there) = (sides[0].Values.Sum(static part => part.Count), sides[1].Values.Sum(static part => part.Count));
        return string.Create(CultureInfo.InvariantCulture, $"{here} rows there and {there} here; those of these keys differ: {Names(named, isMore: named.Count > MostNamed || differing.Count > MostNamed)}");
    }

    private string Names(List<string> keys, bool isMore) => showsKeys ? $"{string.Join(", ", keys.Order(StringComparer.Ordinal).Take(MostNamed))}{(isMore ? ", …" : "")}" : KeyVisibility.Masked;

    private async Task<Dictionary<int, (long Count, decimal Sum)>> SumAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand($"select part::integer, count(*), sum(hash::numeric) from (select {Part} as part, {_row} as hash from {table}) rows group by part", connection);
        command.CommandTimeout = 0;
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var sums = new Dictionary<int, (long, decimal)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            sums.Add(reader.GetInt32(0), (reader.GetInt64(1), reader.GetDecimal(2)));
        }

        return sums;
    }

    private async Task<Dictionary<string, long>> RowsAsync(NpgsqlConnection connection, string table, int part, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand($"select {_key}, {_row} from {table} where {Part} = {part.ToString(CultureInfo.InvariantCulture)}", connection);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows[reader.GetString(0)] = reader.GetInt64(1);
        }

        return rows;
    }
}
