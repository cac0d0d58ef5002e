using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>
/// Writes how a cached view becomes a payload and is made of one: two methods for the view, two for each kind of view within it. The members are
/// written in their order, and made into an instance as those are that were fetched.
/// </summary>
internal sealed class ViewCodecEmitter(SourceWriter writer, ViewSpec view, IReadOnlyList<string> fields)
{
    public const string Encode = "Encode";
    public const string Decode = "Decode";

    private readonly HashSet<string> _inUse = new(fields, StringComparer.Ordinal);
    private readonly Dictionary<string, string> _suffixes = new(StringComparer.Ordinal);
    private readonly List<ViewShapeSpec> _shapes = [];

    public void Write(ViewShapeSpec shape)
    {
        Name(shape, "");
        foreach (var each in _shapes)
        {
            WriteEncode(each);
            WriteDecode(each);
        }
    }

    // A kind of view that is met twice has the same form both times.
    private void Name(ViewShapeSpec shape, string name)
    {
        if (_suffixes.ContainsKey(shape.Type))
        {
            return;
        }

        var suffix = name;
        for (var number = 2; !_inUse.Add(Encode + suffix) | !_inUse.Add(Decode + suffix); number++)
        {
            suffix = name + Identifier.Number(number);
        }

        _suffixes.Add(shape.Type, suffix);
        _shapes.Add(shape);
        foreach (var member in shape.Members)
        {
            if (member.View is { } inner)
            {
                Name(inner, inner.Path.Replace(".", ""));
            }
        }
    }

    private void WriteEncode(ViewShapeSpec shape)
    {
        var inUse = new HashSet<string>(StringComparer.Ordinal) { "writer", "view" };
        writer.Separate();
        writer.Lines($"private static void {Encode}{_suffixes[shape.Type]}(ref {PayloadCode.Writer} writer, {shape.Type} view)");
        writer.Open();
        var needsBlank = false;
        foreach (var member in shape.Members)
        {
            if (needsBlank)
            {
                writer.Blank();
                needsBlank = false;
            }

            var value = "view." + Identifier.Escape(member.Name);
            if (member.IsList)
            {
                writer.Lines($"writer.WriteItems({value}{(member.IsNullableList ? " ?? []" : "")}, {Method(member, Encode)});");
            }
            else if (member.IsNullable)
            {
                var given = Identifier.Parameter(member.Name, inUse);
                writer.Lines($"writer.Write({value} is null);");
                writer.Lines($"if ({value} is {{ }} {given})");
                writer.Open();
                writer.Lines($"{Method(member, Encode)}(ref writer, {given});");
                writer.Close();
                needsBlank = true;
            }
            else
            {
                writer.Lines($"{Method(member, Encode)}(ref writer, {value});");
            }
        }

        writer.Close();
    }

    private void WriteDecode(ViewShapeSpec shape)
    {
        var inUse = new HashSet<string>(StringComparer.Ordinal) { "reader" };
        var values = new List<string>();
        writer.Separate();
        writer.Lines($"private static {shape.Type} {Decode}{_suffixes[shape.Type]}(ref {PayloadCode.Reader} reader)");
        writer.Open();
        foreach (var member in shape.Members)
        {
            var value = Identifier.Parameter(member.Name, inUse);
            var read = member.IsList ? $"reader.ReadItems({Method(member, Decode)})"
                : $"{(member.IsNullable ? "reader.IsNull() ? null : " : "")}{Method(member, Decode)}(ref reader)";
            writer.Lines($"var {value} = {read};");
            values.Add(value);
        }

        // A view with members that could not be read is not kept.
        ViewConstructionCode.WriteReturn(writer, shape, values, failures: null);
        writer.Close();
    }

    private string Method(ViewMemberSpec member, string method)
        => member.View is { } inner ? method + _suffixes[inner.Type] : view.Members[member.Rows].Entity.Map + "." + method;
}
