using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>The expression that makes an instance of an entity.</summary>
internal static class ConstructionCode
{
    /// <summary>Writes the expression from code that can reach all of the entity.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="valueOf">The expression of a column's value, given whether it becomes an argument.</param>
    /// <param name="ending">What follows.</param>
    public static void Write(SourceWriter writer, EntitySpec entity, Func<ColumnSpec, bool, string> valueOf, string ending)
    {
        var construction = entity.Construction!;
        var arguments = new List<string>();
        foreach (var argument in construction.Arguments)
        {
            arguments.Add($"{Identifier.Escape(argument.Parameter)}: {valueOf(entity.Columns[argument.Ordinal], true)}");
        }

        var hasInitializer = construction.Initialized.Count > 0;
        if (arguments.Count == 0 && hasInitializer)
        {
            writer.Lines($"new {entity.Type.FullName}");
        }
        else
        {
            WriteCall(writer, $"new {entity.Type.FullName}", arguments, hasInitializer ? "" : ending);
        }

        if (!hasInitializer)
        {
            return;
        }

        writer.Open();
        foreach (var ordinal in construction.Initialized)
        {
            var column = entity.Columns[ordinal];
            writer.Lines($"{Identifier.Escape(column.Member)} = {valueOf(column, false)},");
        }

        writer.Close(ending);
    }

    /// <summary>Writes the expression from the map, which goes through the entity where it must.</summary>
    public static void WriteFromMap(SourceWriter writer, EntitySpec entity, Func<ColumnSpec, bool, string> valueOf)
    {
        if (!entity.Construction!.NeedsPrivateAccess)
        {
            Write(writer, entity, valueOf, ";");
            return;
        }

        var names = AccessEmitter.CreateParameters(entity);
        var arguments = new List<string>();
        foreach (var column in entity.Columns)
        {
            arguments.Add($"{names[column.Ordinal]}: {valueOf(column, true)}");
        }

        WriteCall(writer, $"{entity.Type.FullName}.{AccessEmitter.TypeName}.Create", arguments, ";");
    }

    private static void WriteCall(SourceWriter writer, string callee, List<string> arguments, string ending)
    {
        if (arguments.Count <= 1)
        {
            writer.Lines($"{callee}({string.Join("", arguments)}){ending}");
            return;
        }

        writer.Lines($"{callee}(");
        writer.Indented(() =>
        {
            for (var i = 0; i < arguments.Count; i++)
            {
                writer.Lines(arguments[i] + (i + 1 < arguments.Count ? "," : ")" + ending));
            }
        });
    }
}
