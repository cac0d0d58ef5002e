using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

// Keys, versions, and rows as they are after insertion.
internal static partial class MapEmitter
{
    private static void WriteKey(SourceWriter writer, EntitySpec entity)
    {
        var type = entity.Type.FullName;
        var key = KeyCode.Type(entity);
        var hasKey = entity.KeyIsGenerated ? $"{KeyCode.Of(entity, "entity")} != default" : "true";
        var version = entity.With(ColumnRole.Version) is { } counter ? ColumnCode.Get(entity, counter, "entity") : "null";
        writer.Separate();
        writer.Lines($"public static {key} KeyOf({type} entity) => {KeyCode.Of(entity, "entity")};");
        writer.Blank();
        writer.Lines($"public static bool HasKey({type} entity) => {hasKey};");
        writer.Blank();
        writer.Lines($"public static long? VersionOf({type} entity) => {version};");
        writer.Blank();
        writer.Lines($"public static {key} KeyFromSequence(long value) => {KeyFromSequence(entity)};");
    }

    private static string KeyFromSequence(EntitySpec entity)
    {
        if (!entity.KeyIsSequence())
        {
            return $"throw new global::System.InvalidOperationException(\"The key of {entity.Type.Name} is not drawn from a sequence.\")";
        }

        var type = entity.Columns[entity.Key[0]].NotNullType;
        return type == "long" ? "value" : $"checked(({type})value)";
    }

    private static void WriteCompletion(SourceWriter writer, EntitySpec entity)
    {
        writer.Separate();
        writer.Lines($"public static {entity.Type.FullName} Complete({entity.Type.FullName} entity, {KeyCode.Type(entity)} key, global::System.DateTimeOffset now) =>");
        writer.Indented(() => ConstructionCode.WriteFromMap(writer, entity, (column, _) => Completed(entity, column)));
    }

    private static string Completed(EntitySpec entity, ColumnSpec column)
    {
        var value = ColumnCode.Get(entity, column, "entity");
        switch (column.Role)
        {
            case ColumnRole.Key:
                return KeyCode.Part(entity, KeyCode.Columns(entity).IndexOf(column), "key");
            case ColumnRole.Version:
                return "1";
            case ColumnRole.CreatedAt or ColumnRole.UpdatedAt:
                return column.IsNullable ? $"{value} ?? {Now(column)}" : $"{value} == default ? {Now(column)} : {value}";
            default:
                return value;
        }
    }

    private static string Now(ColumnSpec column)
        => column.Scalar.Kind == ScalarKind.DateTimeOffset ? "now"
            : column.Scalar.Storage == StorageKind.Timestamp ? "now.ToUniversalTime().DateTime"
            : "now.UtcDateTime";
}
