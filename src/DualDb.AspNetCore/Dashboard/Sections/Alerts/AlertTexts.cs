using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Alerts;

internal static class AlertTexts
{
    public static readonly Text Title = new("Alerts", "การแจ้งเตือน");
    public static readonly Text Firing = new("What lasts just now", "ที่กำลังเกิดขึ้น");
    public static readonly Text History = new("The last 30 days", "30 วันที่ผ่านมา");
    public static readonly Text Silences = new("Silences", "การปิดเสียงแจ้งเตือน");
    public static readonly Text NoneLasts = new("No alert lasts.", "ไม่มีการแจ้งเตือนที่ค้างอยู่");
    public static readonly Text Rule = new("Rule", "กฎ");
    public static readonly Text Subject = new("Of", "ของ");
    public static readonly Text Severity = new("Severity", "ความรุนแรง");
    public static readonly Text Words = new("What", "รายละเอียด");
    public static readonly Text Since = new("Since", "ตั้งแต่");
    public static readonly Text Over = new("Over at", "สิ้นสุดเมื่อ");
    public static readonly Text Told = new("Told", "แจ้งแล้ว");
    public static readonly Text Page = new("page", "เร่งด่วน");
    public static readonly Text Warning = new("warning", "เตือน");
    public static readonly Text Lasts = new("lasts", "ยังไม่สิ้นสุด");
    public static readonly Text Times = new("{0}×", "{0} ครั้ง");
    public static readonly Text Silence = new("Silence alerts", "ปิดเสียงแจ้งเตือน");
    public static readonly Text SilenceRule = new("Which", "รายการใด");
    public static readonly Text AllRules = new("all rules", "ทุกกฎ");
    public static readonly Text Minutes = new("For how many minutes", "นานกี่นาที");
    public static readonly Text Silenced = new("Silenced {0} until {1}.", "ปิดเสียง {0} ถึง {1} แล้ว");
    public static readonly Text EndSilence = new("End this silence", "ยกเลิกการปิดเสียงนี้");
    public static readonly Text SilenceEnded = new("The silence has ended.", "ยกเลิกการปิดเสียงแล้ว");
    public static readonly Text SilenceWasOver = new("It was over already.", "การปิดเสียงนี้สิ้นสุดไปแล้ว");
    public static readonly Text Until = new("Until", "ถึง");
    public static readonly Text Who = new("By", "โดย");
    public static readonly Text Why = new("Reason", "เหตุผล");
    public static readonly Text Acting = new("Acting", "การดำเนินการ");
}
