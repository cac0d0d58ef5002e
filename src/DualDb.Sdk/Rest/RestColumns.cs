using DualDb.Mapping;
using DualDb.Mapping.Wire;

namespace DualDb.Rest;

/// <summary>What requests for an entity are put together from.</summary>
internal sealed class RestColumns
{
    public RestColumns(EntityInfo entity)
    {
        Entity = entity;
        Key = [.. entity.Key.Select(name => entity.Columns.First(column => string.Equals(column.Name, name, StringComparison.Ordinal)))];
        Version = Find(ColumnRole.Version);
        Mark = Find(ColumnRole.SoftDelete);
        Select = SelectOf(entity.Columns);
        Shape = ShapeOf(entity.Columns);
        KeySelect = SelectOf(Key);
        KeyShape = ShapeOf(Key);
        KeyTexts = new RowShape([.. Key.Select(static column => new RowMember(column.Name, CellUse.AnyText))]);
        Path = Uri.EscapeDataString(entity.Table);
        KeyOrder = string.Join(',', Key.Select(static column => RestNames.Quote(column.Name) + ".asc"));
    }

    public EntityInfo Entity { get; }

    public IReadOnlyList<ColumnInfo> Key { get; }

    public ColumnInfo? Version { get; }

    /// <summary>What marks a row deleted: a time, or a <c>boolean</c> that accepts no NULL.</summary>
    public ColumnInfo? Mark { get; }

    /// <summary>All columns.</summary>
    public string Select { get; }

    public RowShape Shape { get; }

    public string KeySelect { get; }

    public RowShape KeyShape { get; }

    /// <summary>The parts of a key as texts, as filters compare with them.</summary>
    public RowShape KeyTexts { get; }

    /// <summary>The table in an address.</summary>
    public string Path { get; }

    public string KeyOrder { get; }

    /// <summary>Whether a column holds times that the database sets where the entity brings none.</summary>
    public static bool IsStamp(ColumnInfo column) => column.Role is ColumnRole.CreatedAt or ColumnRole.UpdatedAt;

    /// <summary>The columns that an insert binds, in the order in which generated code binds them.</summary>
    /// <param name="withKey">Whether a key is bound.</param>
    public IReadOnlyList<ColumnInfo> Inserted(bool withKey)
        => [.. Entity.Columns.Where(column => column.Role != ColumnRole.Version && (withKey || column.Role != ColumnRole.Key))];

    /// <summary>The columns that an update binds: the key, what is set, the version.</summary>
    public IReadOnlyList<ColumnInfo> Updated()
        => [.. Key, .. Entity.Columns.Where(static column => column.Role is ColumnRole.None or ColumnRole.SoftDelete), .. Version is null ? Array.Empty<ColumnInfo>() : [Version]];

    private static RowShape ShapeOf(IEnumerable<ColumnInfo> columns)
        => new([.. columns.Select(static column => new RowMember(column.Name, UseOf(column.PostgresType)))]);

    // Over SQL a column of a type of the user's is cast to what its member reads; a text it must be where the column is one.
    private static CellUse UseOf(string type)
        => type.StartsWith("json", StringComparison.Ordinal) ? CellUse.Document
            : type.StartsWith("text", StringComparison.Ordinal) || type.StartsWith("varchar", StringComparison.Ordinal) || type.StartsWith("char", StringComparison.Ordinal) ? CellUse.Value
            : CellUse.AnyText;

    private static string SelectOf(IEnumerable<ColumnInfo> columns) => string.Join(',', columns.Select(static column => RestNames.Quote(column.Name)));

    private ColumnInfo? Find(ColumnRole role) => Entity.Columns.FirstOrDefault(column => column.Role == role);
}
