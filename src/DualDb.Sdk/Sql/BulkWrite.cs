using DualDb.Errors;
using DualDb.Mapping;

namespace DualDb.Sql;

/// <summary>
/// Decides how many rows travel: which of them carry keys, and whether a part goes by <c>unnest</c> (which returns the rows) or by COPY.
/// </summary>
internal sealed class BulkWrite<TEntity, TKey, TMap>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    private readonly IReadOnlyList<TEntity> _entities;
    private readonly bool _upserts;
    private bool _mayCopy = true;

    private BulkWrite(IReadOnlyCollection<TEntity> entities, bool upserts)
    {
        ArgumentNullException.ThrowIfNull(entities);
        _upserts = upserts;

        // A copy, because an array or list that its owner changes while the statement is under way would be sent half old, half new.
        _entities = [.. entities];
        RefuseNulls();
        if (upserts)
        {
            RefuseDuplicates();
        }
    }

    public bool IsEmpty => _entities.Count == 0;

    public bool Upserts => _upserts;

    public string Operation => _upserts ? "UpsertManyAsync" : "InsertManyAsync";

    public static BulkWrite<TEntity, TKey, TMap> Insert(IReadOnlyCollection<TEntity> entities) => new(entities, upserts: false);

    public static BulkWrite<TEntity, TKey, TMap> Upsert(IReadOnlyCollection<TEntity> entities) => new(entities, upserts: true);

    public string SqlOf(BulkPart<TEntity> part)
        => !part.WithKeys ? TMap.InsertMany
            : _upserts ? TMap.UpsertMany
            : TMap.InsertManyWithKeys;

    /// <summary>Rows with and without keys cannot share a statement; within each kind, runs of at most <paramref name="threshold"/> rows, or one COPY.</summary>
    /// <param name="threshold">How many rows travel at once.</param>
    /// <param name="mayCopy">Whether COPY may be used: PostgreSQL refuses it on tables with row-level security.</param>
    public IReadOnlyList<BulkPart<TEntity>> Parts(int threshold, bool mayCopy = true)
    {
        _mayCopy = mayCopy;
        var parts = new List<BulkPart<TEntity>>(1);
        if (!TMap.Features.HasFlag(EntityFeatures.GeneratedKey))
        {
            Add(parts, _entities, places: null, withKeys: true, threshold);
            return parts;
        }

        var keyed = Places(withKey: true);
        if (keyed.Count == 0 || keyed.Count == _entities.Count)
        {
            Add(parts, _entities, places: null, withKeys: keyed.Count > 0, threshold);
            return parts;
        }

        Add(parts, RowsAt(keyed), keyed, withKeys: true, threshold);
        var keyless = Places(withKey: false);
        Add(parts, RowsAt(keyless), keyless, withKeys: false, threshold);
        return parts;
    }

    /// <summary>All rows at once, for a request over REST, which takes any number of them, with and without keys.</summary>
    public BulkPart<TEntity> Whole() => new(_entities, Places: null, WithKeys: !TMap.Features.HasFlag(EntityFeatures.GeneratedKey) || Places(withKey: false).Count == 0, UsesCopy: false);

    /// <summary>The rows of a part in runs of at most <paramref name="threshold"/>, each for one <c>unnest</c>.</summary>
    public static IEnumerable<BulkPart<TEntity>> Runs(BulkPart<TEntity> part, int threshold)
    {
        for (var start = 0; start < part.Rows.Count; start += threshold)
        {
            var count = Math.Min(threshold, part.Rows.Count - start);
            yield return part with
            {
                Rows = Slice(part.Rows, start, count),
                Places = part.Places is null ? null : Slice(part.Places, start, count),
                UsesCopy = false,
            };
        }
    }

    /// <summary>Refuses a value that its column cannot hold before anything is sent, and names its row.</summary>
    public void Check()
    {
        for (var index = 0; index < _entities.Count; index++)
        {
            try
            {
                TMap.Check(_entities[index]);
            }
            catch (ColumnValueException exception)
            {
                var located = new ColumnValueException(exception.Column, exception.Reason, exception.NextStep) { RowIndex = index };
                throw ErrorTranslator.Translate(located, TMap.Info.Database, TMap.Info, Operation);
            }
        }
    }

    /// <summary>The stored rows in the order in which they were handed over.</summary>
    public IReadOnlyList<TEntity> InOrder(IReadOnlyList<BulkPart<TEntity>> parts, IReadOnlyList<IReadOnlyList<TEntity>> stored)
    {
        if (stored.Count == 1)
        {
            return stored[0];
        }

        // A trigger that swallows rows breaks the pairing; what was stored is then returned part by part.
        var complete = stored.Sum(static rows => rows.Count) == _entities.Count;
        if (!complete || parts[0].Places is null)
        {
            return [.. stored.SelectMany(static rows => rows)];
        }

        var ordered = new TEntity[_entities.Count];
        for (var part = 0; part < parts.Count; part++)
        {
            for (var row = 0; row < stored[part].Count; row++)
            {
                ordered[parts[part].Places![row]] = stored[part][row];
            }
        }

        return ordered;
    }

    private void Add(List<BulkPart<TEntity>> parts, IReadOnlyList<TEntity> rows, IReadOnlyList<int>? places, bool withKeys, int threshold)
    {
        if (rows.Count > threshold && MayCopy(withKeys))
        {
            parts.Add(new BulkPart<TEntity>(rows, places, withKeys, UsesCopy: true));
            return;
        }

        parts.AddRange(Runs(new BulkPart<TEntity>(rows, places, withKeys, UsesCopy: false), threshold));
    }

    /// <summary>COPY returns nothing, so the keys must be known beforehand: carried by the rows, or drawn from a sequence.</summary>
    private bool MayCopy(bool withKeys)
        => _mayCopy && !_upserts && TMap.Copy is not null && (withKeys || TMap.Features.HasFlag(EntityFeatures.SequenceKey));

    private List<int> Places(bool withKey)
    {
        var places = new List<int>();
        for (var index = 0; index < _entities.Count; index++)
        {
            if (TMap.HasKey(_entities[index]) == withKey)
            {
                places.Add(index);
            }
        }

        return places;
    }

    private TEntity[] RowsAt(List<int> places)
    {
        var rows = new TEntity[places.Count];
        for (var index = 0; index < rows.Length; index++)
        {
            rows[index] = _entities[places[index]];
        }

        return rows;
    }

    private void RefuseNulls()
    {
        for (var index = 0; index < _entities.Count; index++)
        {
            if (_entities[index] is null)
            {
                throw Refusal(index, $"Row {index} is null. Leave it out.");
            }
        }
    }

    /// <summary>PostgreSQL cannot write one row twice in one statement (21000), and which of the two should win is not for us to guess.</summary>
    private void RefuseDuplicates()
    {
        var seen = new Dictionary<TKey, int>(_entities.Count);
        for (var index = 0; index < _entities.Count; index++)
        {
            if (!TMap.HasKey(_entities[index]))
            {
                continue;
            }

            // A key that is null against the model's word is refused by the binder, which can name its column.
            var key = TMap.KeyOf(_entities[index]);
            if (key is not null && !seen.TryAdd(key, index))
            {
                throw Refusal(index, $"Rows {seen[key]} and {index} have the same key {key}. Keep the one that should win.");
            }
        }
    }

    private InvalidEntityException Refusal(int index, string reason)
        => new($"{Operation} of {TMap.Info.Name} in {TMap.Info.Database}: {reason} Nothing was sent.")
        {
            Database = TMap.Info.Database,
            Entity = TMap.Info.Name,
            RowIndex = index,
        };

    private static IReadOnlyList<T> Slice<T>(IReadOnlyList<T> items, int start, int count)
    {
        if (start == 0 && count == items.Count)
        {
            return items;
        }

        var slice = new T[count];
        for (var index = 0; index < count; index++)
        {
            slice[index] = items[start + index];
        }

        return slice;
    }
}
