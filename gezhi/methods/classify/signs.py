"""Traditional characters that residents type, and their simplified forms.

A small table, not a converter: the characters of complaints and of daily life whose two forms
differ one to one. What is missing is read as an unknown character, which costs confidence only.
"""

_TRADITIONAL = (
    "車輛門開關問題時間電話學校醫院護醫藥費價錢務業區縣鄉鎮樓棟單號環衛髒亂噪聲擾"
    "勞動資發給領導請幫辦處理應該這個說話過還沒來對會為與從後現場廠工程設備備網絡線"
    "電視錄燈壞維護養護綠樹葉園區廣場體館書記證據農產產業興業營業執照稅務銀貸款購買賣"
    "質權屬籍戶遷轉轉換補償賠償訴訟錯誤誰讓導致緊張險滅災淨氣汙濁臭魚鳥雞豬貓獸"
    "鐵軌輪駕駛員擠擁遲誤點線軍師範幼兒園託養老殘疾傷殘傷勢腫腦臟膚歲壽歷臨幹淺顯"
    "適當進遠邊連運輸遊覽觀賞賓飯館飲飽餓餘鮮麵鹽醬酒煙塵濃灑掃採礦礫磚牆瓦頂層龍馬"
    "東長陳劉張趙孫吳鄭馮蔣韓楊許鄧蕭鍾譚陸蘇盧葉閻賴龔萬錢湯賀顧龐顏嚴"
    "規劃劃撥徵協議項條則決議級別總統計劃師傅獎懲罰賠償實際標準確認識變"
    "壓縮減輕極優劣異見親愛憂慮歡樂戲劇藝術講課堂練習試驗閱讀寫筆紙張頁"
    "無線漲跌納繳續約簽訂購壹貳參肆伍陸億兩幾個雙隻條張塊歸還屆島灣橋樑溝渠滲漏濕熱涼凍"
)
_SIMPLIFIED = (
    "车辆门开关问题时间电话学校医院护医药费价钱务业区县乡镇楼栋单号环卫脏乱噪声扰"
    "劳动资发给领导请帮办处理应该这个说话过还没来对会为与从后现场厂工程设备备网络线"
    "电视录灯坏维护养护绿树叶园区广场体馆书记证据农产产业兴业营业执照税务银贷款购买卖"
    "质权属籍户迁转转换补偿赔偿诉讼错误谁让导致紧张险灭灾净气污浊臭鱼鸟鸡猪猫兽"
    "铁轨轮驾驶员挤拥迟误点线军师范幼儿园托养老残疾伤残伤势肿脑脏肤岁寿历临干浅显"
    "适当进远边连运输游览观赏宾饭馆饮饱饿余鲜面盐酱酒烟尘浓洒扫采矿砾砖墙瓦顶层龙马"
    "东长陈刘张赵孙吴郑冯蒋韩杨许邓萧钟谭陆苏卢叶阎赖龚万钱汤贺顾庞颜严"
    "规划划拨征协议项条则决议级别总统计划师傅奖惩罚赔偿实际标准确认识变"
    "压缩减轻极优劣异见亲爱忧虑欢乐戏剧艺术讲课堂练习试验阅读写笔纸张页"
    "无线涨跌纳缴续约签订购一二三四五六亿两几个双只条张块归还届岛湾桥梁沟渠渗漏湿热凉冻"
)

SIMPLER = {ord(old): new for old, new in zip(_TRADITIONAL, _SIMPLIFIED, strict=True) if old != new}
"""For `str.translate`: a traditional character's number to the simplified character."""
