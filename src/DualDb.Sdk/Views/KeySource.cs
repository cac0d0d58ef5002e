using System.ComponentModel;

namespace DualDb.Views;

/// <summary>Where the keys of a member come from: the caller, or rows of another member.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class KeySource<TKey>
    where TKey : notnull
{
    private protected KeySource(int level, string description)
    {
        Level = level;
        Description = description;
    }

    /// <summary>The level at which the keys are known.</summary>
    internal int Level { get; }

    /// <summary>What the keys are, for the plan.</summary>
    internal string Description { get; }

    /// <summary>The keys, each once.</summary>
    internal abstract IReadOnlyList<TKey> Keys(FetchedRows rows);
}

/// <summary>The keys that the caller asks for.</summary>
internal sealed class RootKeys<TKey>() : KeySource<TKey>(level: 0, "the keys asked for")
    where TKey : notnull
{
    internal override IReadOnlyList<TKey> Keys(FetchedRows rows) => rows.RootKeys<TKey>();
}

/// <summary>Keys found in the rows of a member, one level below it.</summary>
internal sealed class KeysInRows<TEntity, TKey>(ViewMember<TEntity> member, string property, Func<TEntity, (bool IsGiven, TKey Key)> key)
    : KeySource<TKey>(member.Level + 1, $"{member.Name}.{property}")
    where TEntity : class
    where TKey : notnull
{
    internal override IReadOnlyList<TKey> Keys(FetchedRows rows)
    {
        var seen = new HashSet<TKey>();
        var keys = new List<TKey>();
        foreach (var row in member.Rows(rows))
        {
            var (isGiven, value) = key(row);
            if (isGiven && seen.Add(value))
            {
                keys.Add(value);
            }
        }

        return keys;
    }
}
