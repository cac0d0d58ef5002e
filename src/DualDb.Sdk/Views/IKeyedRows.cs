using System.ComponentModel;
using DualDb.Mapping;
using Npgsql;

namespace DualDb.Views;

/// <summary>Rows that others refer to by their keys.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IKeyedRows<TKey>
    where TKey : notnull
{
    /// <summary>The keys of the rows.</summary>
    KeySource<TKey> Keys { get; }

    /// <summary>Adds keys as one array parameter.</summary>
    internal void BindKeys(ParameterBinder binder, IReadOnlyList<TKey> keys);
}
