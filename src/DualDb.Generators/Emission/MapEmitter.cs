using System.Collections.Generic;
using DualDb.Generators.Emission.Sql;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes <c>OrderMap</c>: the facts of an entity that its repository works from.</summary>
internal static partial class MapEmitter
{
    private const string Mapping = "global::DualDb.Mapping.";
    private const string Parameters = "global::DualDb.Mapping.ParameterBinder binder";

    public static void Write(SourceWriter writer, EntitySpec entity)
    {
        writer.Separate();
        writer.Lines($"""
            #pragma warning disable CS1591 // The members are documented on IEntityMap.
            /// <summary>How <see cref="{entity.Type.FullName}"/> is stored.</summary>
            {GeneratedFile.Attribute}
            {GeneratedFile.Hidden}
            {entity.Type.Accessibility} readonly struct {entity.Type.Name}Map : {Mapping}IEntityMap<{entity.Type.FullName}, {KeyCode.Type(entity)}>
            """);
        writer.Open();
        WriteJsonTypes(writer, entity);
        WriteInfo(writer, entity);
        WriteQuery(writer, entity);
        WriteStatements(writer, entity);
        WriteReading(writer, entity);
        WritePayload(writer, entity);
        WriteKey(writer, entity);
        WriteKeyText(writer, entity);
        WriteCompletion(writer, entity);
        WriteBinding(writer, entity);
        WriteEncoders(writer, entity);
        ColumnsEmitter.WriteDefinitions(writer, entity);
        writer.Close();
        writer.Lines("#pragma warning restore CS1591");
    }

    private static void WriteInfo(SourceWriter writer, EntitySpec entity)
    {
        writer.Separate();
        writer.Lines($"""
            public static {Mapping}EntityInfo Info {"{ get; }"} = new(
                {Identifier.Literal(entity.Type.Name)},
                global::DualDb.Database.{entity.Database},
                {Identifier.Literal(entity.Schema)},
                {Identifier.Literal(entity.Table)},
                [
            """);
        foreach (var column in entity.Columns)
        {
            var isNullable = column.IsNullable ? "true" : "false";
            writer.Lines($"        new({Identifier.Literal(column.Name)}, {Identifier.Literal(column.Member)}, {Identifier.Literal(column.PostgresType)}, {isNullable}{Role(column)}),");
        }

        writer.Lines(entity.Key.Count == 1 ? "    ]);" : $"    ]) {{ Key = [{string.Join(", ", KeyCode.Columns(entity).ConvertAll(static column => Identifier.Literal(column.Name)))}] }};");
        writer.Blank();
        writer.Lines($"public static {Mapping}EntityFeatures Features => {Features(entity)};");
    }

    private static string Role(ColumnSpec column) => column.Role == ColumnRole.None ? "" : $", {Mapping}ColumnRole.{column.Role}";

    private static void WriteQuery(SourceWriter writer, EntitySpec entity)
    {
        static string Optional(string? sql) => sql is null ? "null" : Identifier.Literal(sql);

        writer.Blank();
        writer.Lines($"""
            public static {Mapping}QueryFacts Query {"{ get; }"} = new(
                Table: {Identifier.Literal(PostgresIdentifier.Table(entity))},
                Columns: {Identifier.Literal(ColumnSql.SelectList("", entity).Trim().Replace("\n   ", ""))},
                Live: {Optional(entity.LiveCondition())},
                Mark: {Optional(UpdateSql.Mark(entity))},
                Traces: {Optional(UpdateSql.Traces(entity))},
                KeyColumns: {Identifier.Literal(ColumnSql.KeyOrder(entity))},
                KeyCondition: {Identifier.Literal(ColumnSql.KeyCondition(entity))},
                KeyParts: {Identifier.Number(entity.Key.Count)},
                Version: {Optional(entity.With(ColumnRole.Version) is { } version ? ColumnSql.Name(version) : null)});
            """);
    }

    private static string Features(EntitySpec entity)
    {
        var features = new List<string>();
        void Add(bool applies, string feature)
        {
            if (applies)
            {
                features.Add($"{Mapping}EntityFeatures.{feature}");
            }
        }

        Add(entity.KeyIsGenerated, "GeneratedKey");
        Add(entity.KeyIsSequence(), "SequenceKey");
        Add(entity.With(ColumnRole.Version) is not null, "Versioned");
        Add(entity.With(ColumnRole.SoftDelete) is not null, "SoftDelete");
        Add(entity.With(ColumnRole.CreatedAt) is not null || entity.With(ColumnRole.UpdatedAt) is not null, "Timestamps");
        Add(features.Count == 0, "None");
        return string.Join(" | ", features);
    }

    private static void WriteStatements(SourceWriter writer, EntitySpec entity)
    {
        var mark = entity.With(ColumnRole.SoftDelete);
        WriteSql(writer, "SelectByKey", SelectSql.ByKey(entity));
        WriteSql(writer, "SelectByKeys", SelectSql.ByKeys(entity));
        WriteSql(writer, "SelectAll", SelectSql.All(entity));
        WriteSql(writer, "SelectFirst", SelectSql.First(entity));
        WriteSql(writer, "Exists", SelectSql.Exists(entity));
        WriteSql(writer, "Count", SelectSql.Count(entity));
        WriteSql(writer, "Insert", InsertSql.One(entity, withKey: false));
        WriteSqlOrSame(writer, entity, "InsertWithKey", InsertSql.One(entity, withKey: true), "Insert");
        WriteSql(writer, "InsertMany", InsertSql.Many(entity, withKeys: false));
        WriteSqlOrSame(writer, entity, "InsertManyWithKeys", InsertSql.Many(entity, withKeys: true), "InsertMany");
        WriteSql(writer, "Upsert", InsertSql.UpsertOne(entity));
        WriteSql(writer, "UpsertMany", InsertSql.UpsertMany(entity));
        WriteSql(writer, "Update", UpdateSql.Update(entity));
        WriteSql(writer, "Delete", UpdateSql.Delete(entity));
        WriteOptionalSql(writer, "SelectVersion", entity.With(ColumnRole.Version) is { } version ? SelectSql.Version(entity, version) : null);
        WriteOptionalSql(writer, "Restore", mark is null ? null : UpdateSql.Restore(entity, mark));
        WriteOptionalSql(writer, "HardDelete", mark is null ? null : UpdateSql.HardDelete(entity));
        WriteOptionalSql(writer, "Copy", CopySql(entity));
        WriteOptionalSql(writer, "ReserveKeys", entity.KeyIsSequence() ? KeySql.Reserve(entity) : null);
        WriteSql(writer, "CreateTable", SchemaSql.CreateTable(entity));
        WriteOptionalSql(writer, "CreateForeignKeys", SchemaSql.CreateForeignKeys(entity));
    }

    // Binary COPY does not cast: a column whose type Npgsql need not know cannot be part of it.
    private static string? CopySql(EntitySpec entity)
    {
        foreach (var column in entity.Columns)
        {
            if (column.Scalar.CastType is not null)
            {
                return null;
            }
        }

        return ColumnSql.Names("copy " + PostgresIdentifier.Table(entity), entity.Columns) + " from stdin (format binary)";
    }

    private static void WriteSqlOrSame(SourceWriter writer, EntitySpec entity, string name, string sql, string same)
    {
        if (entity.KeyIsGenerated)
        {
            WriteSql(writer, name, sql);
        }
        else
        {
            writer.Separate();
            writer.Lines($"public static string {name} => {same};");
        }
    }

    private static void WriteOptionalSql(SourceWriter writer, string name, string? sql)
    {
        if (sql is not null)
        {
            WriteSql(writer, name, sql, "string?");
        }
        else
        {
            writer.Separate();
            writer.Lines($"public static string? {name} => null;");
        }
    }

    private static void WriteSql(SourceWriter writer, string name, string sql, string type = "string")
    {
        writer.Separate();
        writer.Lines($"public static {type} {name} =>");
        writer.RawString(sql, ";");
    }
}
