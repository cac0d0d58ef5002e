namespace DualDb.Caching;

/// <summary>
/// Something that whole sets of entries depend on: a table, an entity, a tag. An entry remembers the generation that it was loaded under, and is worth nothing once
/// that has passed; so that a set falls by one increment, however large.
/// </summary>
internal sealed class Dependency(string name)
{
    private long _generation;

    /// <summary>The name, the same on every node.</summary>
    public string Name => name;

    /// <summary>How often it has fallen.</summary>
    public long Generation => Volatile.Read(ref _generation);

    /// <summary>Makes worthless what was loaded, and what is being loaded.</summary>
    public void Bump() => Interlocked.Increment(ref _generation);

    /// <summary>Every entry of an entity or a view.</summary>
    public static string Entries(string subject) => "e:" + subject;

    /// <summary>The entries of a table that are found by anything but the key.</summary>
    public static string Lookups(string subject) => "l:" + subject;

    /// <summary>What is put together from a table: views and queries. It falls with every change of a row.</summary>
    public static string Table(string subject) => "t:" + subject;

    /// <summary>What carries a tag.</summary>
    public static string Tag(string tag) => "g:" + tag;
}
