using System.Globalization;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Shapes.Neon;

namespace DualDb.IntegrationTests.Repositories.Cancellation;

/// <summary>Rows that are written together carry one name, so that it can be counted how many of them are there.</summary>
internal sealed class NamedGroups(Place place)
{
    private readonly Dictionary<string, int> _expected = new(StringComparer.Ordinal);

    public IReadOnlyList<PositionalRecord> Begin(int count) => Rows(count, expected: count);

    /// <summary>Rows that are to be rolled back.</summary>
    public IReadOnlyList<PositionalRecord> BeginInVain(int count) => Rows(count, expected: 0);

    public async Task<IReadOnlyList<(string Name, int Count, int Expected)>> CountAsync()
    {
        var held = (await place.Db.NeonPositionalRecords.ListAsync(int.MaxValue)).CountBy(static row => row.Name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return [.. _expected.Select(group => (group.Key, held.GetValueOrDefault(group.Key), group.Value))];
    }

    private List<PositionalRecord> Rows(int count, int expected)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"group {_expected.Count}");
        _expected[name] = expected;
        return [.. Enumerable.Range(0, count).Select(number => new PositionalRecord(0, name, number, null))];
    }
}
