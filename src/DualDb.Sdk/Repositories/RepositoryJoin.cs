using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace DualDb;

/// <summary>Joins rows in memory, for generated code: one statement for all rows, however many.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RepositoryJoin
{
    /// <summary>Tells the key that a row holds.</summary>
    /// <typeparam name="TRow">The row.</typeparam>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <param name="row">The row.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether it holds one.</returns>
    public delegate bool KeyOf<in TRow, TKey>(TRow row, [MaybeNullWhen(false)] out TKey key);

    /// <summary>The Neon database behind a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <exception cref="InvalidOperationException">It has none: it is a test double, or was created without it.</exception>
    public static NeonDatabase Neon(object repository) => (NeonDatabase)Find(repository, Database.Neon);

    /// <summary>The Supabase database behind a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <exception cref="InvalidOperationException">It has none: it is a test double, or was created without it.</exception>
    public static SupabaseDatabase Supabase(object repository) => (SupabaseDatabase)Find(repository, Database.Supabase);

    /// <summary>Each row with the one that it refers to.</summary>
    /// <typeparam name="TRow">The rows.</typeparam>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <typeparam name="TTarget">What they refer to.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="keyOf">The key that a row holds.</param>
    /// <param name="find">Finds targets by their keys.</param>
    /// <param name="targetKey">The key of a target.</param>
    /// <returns>The rows in their order; null beside one that refers to nothing, or to what is not there.</returns>
    public static async Task<IReadOnlyList<(TRow Row, TTarget? Target)>> ToOneAsync<TRow, TKey, TTarget>(
        IReadOnlyCollection<TRow> rows, KeyOf<TRow, TKey> keyOf, Func<IReadOnlyCollection<TKey>, Task<IReadOnlyList<TTarget>>> find, Func<TTarget, TKey> targetKey)
        where TKey : notnull
        where TTarget : class
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(keyOf);
        ArgumentNullException.ThrowIfNull(find);
        ArgumentNullException.ThrowIfNull(targetKey);
        var keys = new HashSet<TKey>();
        foreach (var row in rows)
        {
            if (keyOf(row, out var key))
            {
                keys.Add(key);
            }
        }

        // The column may hold two keys for equal that .NET tells apart, and yield the same row for both.
        var targets = new Dictionary<TKey, TTarget>();
        foreach (var target in keys.Count == 0 ? [] : await find(keys).ConfigureAwait(false))
        {
            targets.TryAdd(targetKey(target), target);
        }

        return [.. rows.Select(row => (row, keyOf(row, out var key) ? targets.GetValueOrDefault(key) : null))];
    }

    /// <summary>Each row with those that refer to it.</summary>
    /// <typeparam name="TRow">The rows.</typeparam>
    /// <typeparam name="TKey">The type of their key.</typeparam>
    /// <typeparam name="TChild">What refers to them.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="keyOf">The key of a row.</param>
    /// <param name="lookUp">Finds what refers to keys.</param>
    /// <returns>The rows in their order; an empty list beside one that nothing refers to.</returns>
    public static async Task<IReadOnlyList<(TRow Row, IReadOnlyList<TChild> Children)>> ToManyAsync<TRow, TKey, TChild>(
        IReadOnlyCollection<TRow> rows, Func<TRow, TKey> keyOf, Func<IReadOnlyCollection<TKey>, Task<ILookup<TKey, TChild>>> lookUp)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(lookUp);
        var keys = rows.Select(keyOf).ToHashSet();
        if (keys.Count == 0)
        {
            return [];
        }

        var children = await lookUp(keys).ConfigureAwait(false);
        return [.. rows.Select(row => (row, (IReadOnlyList<TChild>)[.. children[keyOf(row)]]))];
    }

    private static PostgresDatabase Find(object repository, Database database)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return (repository as IJoinedRepository)?.Find(database) ?? throw new InvalidOperationException(
            $"{repository.GetType().Name} cannot join rows of {database}: it is a test double, or was created without that database. Take the repository from a root.");
    }
}
