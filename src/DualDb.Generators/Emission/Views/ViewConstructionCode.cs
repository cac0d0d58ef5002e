using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>The statement that returns an instance of a view, whether its members were fetched or kept.</summary>
internal static class ViewConstructionCode
{
    /// <summary>Writes the statement.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="shape">The view.</param>
    /// <param name="values">The variables that hold the members, lists as arrays.</param>
    /// <param name="failures">The expression of the members that failed; null where none did.</param>
    public static void WriteReturn(SourceWriter writer, ViewShapeSpec shape, IReadOnlyList<string> values, string? failures)
    {
        var arguments = new List<string>();
        foreach (var argument in shape.Construction.Arguments)
        {
            arguments.Add($"{Identifier.Escape(argument.Parameter)}: {Value(shape.Members[argument.Ordinal], values[argument.Ordinal])}");
        }

        var initialized = new List<string>();
        foreach (var ordinal in shape.Construction.Initialized)
        {
            initialized.Add($"{Identifier.Escape(shape.Members[ordinal].Name)} = {Value(shape.Members[ordinal], values[ordinal])},");
        }

        if (failures is not null)
        {
            initialized.Add($"Failures = {failures},");
        }

        var ending = initialized.Count > 0 ? "" : ";";
        writer.Lines($"return new {shape.Type}{(arguments.Count > 0 ? $"({string.Join(", ", arguments)}){ending}" : "")}");
        if (initialized.Count > 0)
        {
            writer.Open();
            initialized.ForEach(writer.Lines);
            writer.Close(";");
        }
    }

    // Arrays pass for IReadOnlyList<T>.
    private static string Value(ViewMemberSpec member, string value)
        => member.Collection is CollectionKind.List or CollectionKind.ImmutableArray ? $"[.. {value}]" : value;
}
