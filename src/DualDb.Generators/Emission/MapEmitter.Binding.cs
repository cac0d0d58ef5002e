using System;
using System.Collections.Generic;
using DualDb.Generators.Emission.Sql;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

// Values out: parameters, and rows of a COPY.
internal static partial class MapEmitter
{
    private static void WriteBinding(SourceWriter writer, EntitySpec entity)
    {
        WriteCheck(writer, entity);
        WriteBindKey(writer, entity);
        WriteBindKeys(writer, entity);
        WriteBindInsert(writer, entity);
        WriteBindInsertMany(writer, entity);
        WriteBindUpdate(writer, entity);
        WriteCopy(writer, entity);
    }

    // Encoding is what refuses values; the result is not needed here.
    private static void WriteCheck(SourceWriter writer, EntitySpec entity)
    {
        writer.Separate();
        writer.Lines($"public static void Check({entity.Type.FullName} entity)");
        writer.Open();
        foreach (var column in entity.Columns)
        {
            if (!ColumnCode.IsIdentity(column))
            {
                writer.Lines($"_ = {ColumnCode.Encode(column, ColumnCode.Get(entity, column, "entity"))};");
            }
        }

        writer.Close();
    }

    private static void WriteBindKey(SourceWriter writer, EntitySpec entity)
    {
        writer.Blank();
        writer.Lines($"public static void BindKey({Parameters}, {KeyCode.Type(entity)} key)");
        WriteBody(writer, () =>
        {
            var columns = KeyCode.Columns(entity);
            for (var i = 0; i < columns.Count; i++)
            {
                Bind(writer, columns[i], KeyCode.Part(entity, i, "key"));
            }
        });
    }

    private static void WriteBindKeys(SourceWriter writer, EntitySpec entity)
    {
        writer.Blank();
        writer.Lines($"public static void BindKeys({Parameters}, global::System.Collections.Generic.IReadOnlyList<{KeyCode.Type(entity)}> keys)");
        WriteBody(writer, () =>
        {
            var columns = KeyCode.Columns(entity);
            for (var i = 0; i < columns.Count; i++)
            {
                var each = ColumnCode.EncodeEach(columns[i], "key", KeyCode.Part(entity, i, "key"));
                writer.Lines($"binder.AddColumn(keys, {each}, {WireTypes.DbType(columns[i].Scalar)});");
            }
        });
    }

    private static void WriteBindInsert(SourceWriter writer, EntitySpec entity)
    {
        writer.Blank();
        writer.Lines($"public static void BindInsert({Parameters}, {entity.Type.FullName} entity, bool withKey)");
        WriteBody(writer, () => WriteInsertColumns(writer, entity, "withKey", column => Bind(writer, column, ColumnCode.Get(entity, column, "entity"))));
    }

    private static void WriteBindInsertMany(SourceWriter writer, EntitySpec entity)
    {
        writer.Blank();
        writer.Lines($"public static void BindInsertMany({Parameters}, global::System.Collections.Generic.IReadOnlyList<{entity.Type.FullName}> entities, bool withKeys)");
        WriteBody(writer, () =>
        {
            WriteInsertColumns(writer, entity, "withKeys", column =>
            {
                var method = column.IsCollection ? "AddArrayColumn" : "AddColumn";
                var each = ColumnCode.EncodeEach(column, "entity", ColumnCode.Get(entity, column, "entity"));
                writer.Lines($"binder.{method}(entities, {each}, {WireTypes.DbType(column.Scalar)});");
            });
            if (!InsertSql.Columns(entity, withKey: false).Exists(InsertSql.IsBound))
            {
                writer.Lines("if (!withKeys)");
                writer.Open();
                writer.Lines("// The database makes every column; only the number of rows is sent.");
                writer.Lines("binder.Add(entities.Count, global::NpgsqlTypes.NpgsqlDbType.Integer);");
                writer.Close();
            }
        });
    }

    private static void WriteInsertColumns(SourceWriter writer, EntitySpec entity, string withKey, Action<ColumnSpec> write)
    {
        foreach (var column in InsertSql.Columns(entity, withKey: true))
        {
            if (entity.KeyIsGenerated && column.Role == ColumnRole.Key)
            {
                writer.Separate();
                writer.Lines($"if ({withKey})");
                writer.Open();
                write(column);
                writer.Close();
                writer.Blank();
            }
            else if (InsertSql.IsBound(column))
            {
                write(column);
            }
        }
    }

    private static void WriteBindUpdate(SourceWriter writer, EntitySpec entity)
    {
        var columns = new List<ColumnSpec>(KeyCode.Columns(entity));
        foreach (var column in entity.Columns)
        {
            if (UpdateSql.IsBound(column))
            {
                columns.Add(column);
            }
        }

        if (entity.With(ColumnRole.Version) is { } version)
        {
            columns.Add(version);
        }

        writer.Blank();
        writer.Lines($"public static void BindUpdate({Parameters}, {entity.Type.FullName} entity)");
        WriteBody(writer, () => columns.ForEach(column => Bind(writer, column, ColumnCode.Get(entity, column, "entity"))));
    }

    private static void WriteCopy(SourceWriter writer, EntitySpec entity)
    {
        const string Signature = "CopyAsync(global::Npgsql.NpgsqlBinaryImporter importer, {0} entity, global::System.Threading.CancellationToken cancellationToken)";
        var signature = Signature.Replace("{0}", entity.Type.FullName);
        writer.Blank();
        if (CopySql(entity) is null)
        {
            writer.Lines($"public static global::System.Threading.Tasks.Task {signature} =>");
            writer.Lines($"    throw new global::System.InvalidOperationException(\"{entity.Type.Name} has a column that binary COPY cannot carry.\");");
            return;
        }

        writer.Lines($"public static async global::System.Threading.Tasks.Task {signature}");
        writer.Open();
        writer.Lines($"var row = new {Mapping}CopyRow(importer, cancellationToken);");
        foreach (var column in entity.Columns)
        {
            var value = ColumnCode.Encode(column, ColumnCode.Get(entity, column, "entity"));
            writer.Lines($"await row.WriteAsync({value}, {WireTypes.DbType(column)}).ConfigureAwait(false);");
        }

        writer.Close();
    }

    private static void WriteBody(SourceWriter writer, Action write)
    {
        writer.Open();
        write();
        writer.Close();
    }

    private static void Bind(SourceWriter writer, ColumnSpec column, string value)
        => writer.Lines($"binder.Add({ColumnCode.Encode(column, value)}, {WireTypes.DbType(column)});");
}
