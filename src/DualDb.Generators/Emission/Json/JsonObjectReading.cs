using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the method that reads an object: a local per member, a loop over the document, and the making of the instance.</summary>
internal sealed class JsonObjectReading
{
    private readonly JsonTypeSpec _type;
    private readonly List<JsonLocal> _locals = [];

    private JsonObjectReading(JsonTypeSpec type)
    {
        _type = type;
        var inUse = new HashSet<string>(StringComparer.Ordinal) { "reader", "initial" };
        foreach (var member in type.Members)
        {
            _locals.Add(new JsonLocal(type, member, inUse));
        }
    }

    public static void Write(SourceWriter writer, JsonTypeSpec type) => new JsonObjectReading(type).Write(writer);

    private void Write(SourceWriter writer)
    {
        writer.Lines(JsonCodecEmitter.ReadHead(_type));
        writer.Open();
        _locals.ForEach(local => local.WriteDeclaration(writer));
        WriteLoop(writer);
        writer.Blank();
        WriteOwnValues(writer);
        WriteConstruction(writer, "return ", static _ => true);
        writer.Close();
    }

    private void WriteLoop(SourceWriter writer)
    {
        writer.Lines($"{JsonCode.Runtime}.BeginObject(ref reader);");
        writer.Lines($"while ({JsonCode.Runtime}.NextMember(ref reader))");
        writer.Open();
        for (var i = 0; i < _locals.Count; i++)
        {
            writer.Lines($"{(i == 0 ? "if" : "else if")} ({JsonCode.Runtime}.IsMember(ref reader, {JsonCode.Utf8(_locals[i].Member.JsonName)}))");
            writer.Open();
            _locals[i].WriteAssignment(writer);
            writer.Close();
        }

        const string Skip = JsonCode.Runtime + ".SkipMember(ref reader);";
        writer.Lines(_locals.Count == 0 ? Skip : $"else\n{{\n    {Skip}\n}}");
        writer.Close();
    }

    // Values that the type gives its members by itself cannot be copied from its source, and an init accessor cannot be left out of one initializer only: where the document lacks
    // such a member, an instance without them says what they are.
    private void WriteOwnValues(SourceWriter writer)
    {
        var own = _locals.FindAll(static local => local.Member.HasOwnValue);
        if (own.Count == 0)
        {
            return;
        }

        writer.Lines($"if ({string.Join(" || ", own.ConvertAll(static local => local.IsAbsent))})");
        writer.Open();
        writer.Lines("// What the document leaves out has the value that the type gives it.");
        WriteConstruction(writer, "var initial = ", static local => !local.Member.HasOwnValue);
        own.ForEach(local => local.WriteOwnValue(writer));
        writer.Close();
        writer.Blank();
    }

    private void WriteConstruction(SourceWriter writer, string beginning, Predicate<JsonLocal> isSet)
    {
        var arguments = new List<string>();
        foreach (var argument in _type.Construction!.Arguments)
        {
            arguments.Add($"{Identifier.Escape(argument.Parameter)}: {_locals[argument.Ordinal].Value}");
        }

        var initialized = new List<string>();
        foreach (var ordinal in _type.Construction.Initialized)
        {
            if (isSet(_locals[ordinal]))
            {
                initialized.Add($"{Identifier.Escape(_locals[ordinal].Member.Name)} = {_locals[ordinal].Value},");
            }
        }

        var head = $"{beginning}new {_type.Type}";
        var ending = initialized.Count == 0 ? ";" : "";
        if (arguments.Count > 1)
        {
            writer.Lines($"{head}(");
            writer.Indented(() => writer.Lines(string.Join(",\n", arguments) + ")" + ending));
        }
        else
        {
            writer.Lines($"{head}({string.Join("", arguments)}){ending}");
        }

        if (initialized.Count > 0)
        {
            writer.Open();
            initialized.ForEach(writer.Lines);
            writer.Close(";");
        }
    }
}
