using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the methods that make views of fetched rows: one for the view, one for each view within it.</summary>
internal sealed class AssemblyEmitter(SourceWriter writer, ViewSpec view, IReadOnlyList<string> fields)
{
    public const string Method = "Assemble";

    private readonly Dictionary<string, string> _methods = new(StringComparer.Ordinal);

    public void Write(ViewShapeSpec shape)
    {
        Name(shape, new HashSet<string>(fields, StringComparer.Ordinal));
        WriteAll(shape);
    }

    /// <summary>The method for a view within another one: <c>Orders.</c> → <c>AssembleOrders</c>, with a number where two would be the same.</summary>
    private void Name(ViewShapeSpec shape, HashSet<string> inUse)
    {
        var name = Method + shape.Path.Replace(".", "");
        var method = name;
        for (var number = 2; !inUse.Add(method); number++)
        {
            method = name + Identifier.Number(number);
        }

        _methods.Add(shape.Path, method);
        foreach (var member in shape.Members)
        {
            if (member.View is { } inner)
            {
                Name(inner, inUse);
            }
        }
    }

    private void WriteAll(ViewShapeSpec shape)
    {
        new Body(writer, view, fields, _methods, shape).Write();
        foreach (var member in shape.Members)
        {
            if (member.View is { } inner)
            {
                WriteAll(inner);
            }
        }
    }

    /// <summary>One method.</summary>
    private sealed class Body
    {
        private readonly SourceWriter _writer;
        private readonly ViewSpec _view;
        private readonly IReadOnlyList<string> _fields;
        private readonly IReadOnlyDictionary<string, string> _methods;
        private readonly ViewShapeSpec _shape;
        private readonly HashSet<string> _inUse = new(StringComparer.Ordinal) { "rows" };
        private readonly List<string> _values = [];
        private readonly List<string> _rows = [];

        public Body(SourceWriter writer, ViewSpec view, IReadOnlyList<string> fields, IReadOnlyDictionary<string, string> methods, ViewShapeSpec shape)
        {
            _writer = writer;
            _view = view;
            _fields = fields;
            _methods = methods;
            _shape = shape;
            foreach (var member in shape.Members)
            {
                var value = Identifier.Parameter(member.Name, _inUse);
                _values.Add(value);
                _rows.Add(member.View is null ? value : Identifier.Parameter(member.Name + (member.IsList ? "Rows" : "Row"), _inUse));
            }
        }

        public void Write()
        {
            var root = _view.Members[_shape.Members[0].Rows].Entity;
            _writer.Separate();
            _writer.Lines($"private static {_shape.Type}{(_shape.CanSkip ? "?" : "")} {_methods[_shape.Path]}(global::DualDb.Views.FetchedRows rows, {root.FullName} {_rows[0]})");
            _writer.Open();
            for (var i = 0; i < _shape.Members.Count; i++)
            {
                WriteMember(_shape.Members[i], i);
            }

            ViewConstructionCode.WriteReturn(_writer, _shape, _values, _shape.IsPartial ? Failures() : null);
            _writer.Close();
        }

        private void WriteMember(ViewMemberSpec member, int index)
        {
            if (!member.IsRoot)
            {
                if (member.IsList)
                {
                    WriteList(member, index);
                }
                else
                {
                    WriteRow(member, index);
                }
            }

            if (member.View is { } inner)
            {
                WriteView(member, inner, index);
            }
        }

        // A reference that is NULL leaves a nullable member null, whatever becomes of one that leads nowhere.
        private void WriteRow(ViewMemberSpec member, int index)
        {
            var (guard, key) = KeyOf(member);
            var field = _fields[member.Rows];
            var name = _rows[index];
            var failed = member.IsSpared ? $"rows.HasFailed({Identifier.Literal(_view.Members[member.Rows].Path)})" : null;
            if (member.Missing == MissingKind.Throw)
            {
                var absent = member.IsNullable ? "null" : $"throw {field}.Missing(rows, null)";
                var required = guard is null ? $"{field}.Require(rows, {key})" : $"{guard} ? {field}.Require(rows, {key}) : {absent}";
                _writer.Lines($"var {name} = {(failed is null ? required : failed + " ? null : " + required)};");
                return;
            }

            _writer.Lines($"var {name} = {(guard is null ? $"{field}.Find(rows, {key})" : $"{guard} ? {field}.Find(rows, {key}) : null")};");
            if (member.Missing == MissingKind.Skip)
            {
                var referred = member.IsNullable && guard is not null ? " && " + Discard(guard, key) : "";
                WriteSkip($"{name} is null{referred}{(failed is null ? "" : " && !" + failed)}");
            }
        }

        // The condition again, for its own sake: `row.Code is { } key` → `row.Code is not null`.
        private static string Discard(string guard, string key) => guard.Replace($"is {{ }} {key}", "is not null");

        private void WriteSkip(string condition)
        {
            _writer.Lines($"if ({condition})");
            _writer.Open();
            _writer.Lines("return null;");
            _writer.Close();
            _writer.Blank();
        }

        private void WriteList(ViewMemberSpec member, int index)
        {
            var field = _fields[member.Rows];
            var parent = _shape.Members[member.Parent];
            if (!parent.IsList)
            {
                var (guard, key) = KeyOf(member);
                _writer.Lines($"var {_rows[index]} = {(guard is null ? "" : guard + " ? ")}{field}.List(rows, {key}){(guard is null ? "" : " : []")};");
                return;
            }

            var (given, value) = KeyIn(member, "row");
            var isMany = _view.Members[member.Rows].Link == ViewLink.Referring;
            var each = isMany ? $"{field}.List(rows, {value})" : $"{field}.Find(rows, {value})";
            _writer.Lines($"var {_rows[index]} = {field}.List({_rows[member.Parent]}, row => {(given is null ? each : $"{given} ? {each} : null")});");
        }

        private void WriteView(ViewMemberSpec member, ViewShapeSpec inner, int index)
        {
            var row = _rows[index];
            var value = _values[index];
            var path = _view.Members[member.Rows].Path;
            var method = _methods[inner.Path];
            if (member.IsList)
            {
                var made = $"rows.Assemble({row}, {method})";
                _writer.Lines($"var {value} = {(member.IsSpared ? $"rows.HasFailed({Identifier.Literal(path)}) ? [] : " : "")}{made};");
                return;
            }

            var call = $"{method}(rows, {row})";
            if (IsNullable(member))
            {
                var condition = member.IsSpared ? $"{row} is null || rows.HasFailed({Identifier.Literal(path)})" : $"{row} is null";
                _writer.Lines($"var {value} = {condition} ? null : {call};");
            }
            else if (inner.CanSkip && member is { IsRoot: false, Missing: MissingKind.Throw })
            {
                _writer.Lines($"var {value} = {call} ?? throw {_fields[member.Rows]}.Missing(rows, {_view.Members[member.Rows].Entity.Map}.KeyOf({row}));");
            }
            else
            {
                _writer.Lines($"var {value} = {call};");
                if (inner.CanSkip)
                {
                    WriteSkip(value + " is null");
                }
            }
        }

        private string Failures()
            => _shape.Path.Length == 0 ? "rows.Failures" : $"rows.FailuresWithin({Identifier.Literal(_shape.Path.TrimEnd('.'))})";

        private (string? Guard, string Key) KeyOf(ViewMemberSpec member)
        {
            var parent = _shape.Members[member.Parent];
            var row = _rows[member.Parent];
            var (given, key) = KeyIn(member, row);
            var there = IsNullable(parent) ? row + " is not null" : null;
            return (there is null ? given : given is null ? there : there + " && " + given, key);
        }

        /// <summary>The key in a row of the parent, and the condition that there is one; null where there always is.</summary>
        private (string? Guard, string Key) KeyIn(ViewMemberSpec member, string row)
        {
            var rows = _view.Members[member.Rows];
            if (rows.Link != ViewLink.ReferredTo)
            {
                return (null, $"{_view.Members[rows.Parent].Entity.Map}.KeyOf({row})");
            }

            var value = ViewCode.Get(rows.Reference!, row);
            if (!rows.Reference!.Column.IsNullable)
            {
                return (null, value);
            }

            var key = Identifier.Parameter(member.Name + "Key", _inUse);
            return ($"{value} is {{ }} {key}", key);
        }

        private bool IsNullable(ViewMemberSpec member)
            => !member.IsRoot && member.IsNullable;
    }
}
