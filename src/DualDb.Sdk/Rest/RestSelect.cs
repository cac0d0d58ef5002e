using DualDb.Mapping.Wire;

namespace DualDb.Rest;

/// <summary>Which rows are asked for, and what of them.</summary>
internal sealed record RestSelect(string Select, RowShape Shape)
{
    // The words around a list, limit and offset, and a key of usual length.
    private const int Reserve = 600;

    /// <summary>Conditions of their own parameters, such as those on the key.</summary>
    public IReadOnlyList<(string Name, string Value)> Parameters { get; init; } = [];

    /// <summary>The other conditions, in parentheses; null for none. Several are asked for one after another.</summary>
    public IReadOnlyList<string?> Groups { get; init; } = [null];

    /// <summary>The texts of a row's key, by which rows in the order of their keys are gone on with; null where they are counted off instead.</summary>
    public Func<object?, IReadOnlyList<string>?>? KeyOf { get; init; }

    /// <summary>The order; null where the answer is one row.</summary>
    public string? Order { get; init; }

    public long? Take { get; init; }

    public long? Skip { get; init; }

    /// <summary>Whether answers that are alike count once.</summary>
    public bool IsDistinct { get; init; }

    /// <summary>How many characters an address has left for conditions besides those of the selection, and for where to go on behind an answer.</summary>
    public int RoomOf(RestColumns columns) => RestRequest.LongestAddress - LengthOf(columns) - Reserve;

    /// <summary>How many characters the address has.</summary>
    public int LengthOf(RestColumns columns) => columns.Path.Length + Query(Take, Skip).Length;

    /// <summary>The query part of an address.</summary>
    public RestQuery Query(long? take, long? skip)
    {
        var query = Conditions().Add("order", Order).Add("limit", take).Add("offset", skip is 0 ? null : skip);
        return query;
    }

    /// <summary>What is selected, and of which rows.</summary>
    public RestQuery Conditions()
    {
        var query = new RestQuery().Add("select", Select);
        foreach (var (name, value) in Parameters)
        {
            query.Add(name, value);
        }

        return query.Add("and", Groups[0]);
    }
}
