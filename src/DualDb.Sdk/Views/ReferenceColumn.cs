using System.ComponentModel;

namespace DualDb.Views;

/// <summary>A column that holds keys of another entity.</summary>
/// <param name="Name">The column, quoted where it needs to be.</param>
/// <param name="Type">Its PostgreSQL type without a length: a cast to <c>varchar(3)</c> would cut keys off, and find other rows.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ReferenceColumn(string Name, string Type);
